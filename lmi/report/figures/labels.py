"""Places for labels beside bubbles, so that no two of them overlap.

Own code for one reason: the usual library needs about a second for a chart of eighteen labels
(measured), which is as long as all the figures of a profile may take together.

Every label has a set of places around its bubble, near ones first. The labels take the cheapest
place in turn, and again while any of them can do better. A label that finds no free place stays
away, and its name is handed back for the caption.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["PlacedLabels", "place_labels"]

DISTANCES = (2.0, 6.0, 11.0, 17.0, 26.0, 37.0, 52.0, 70.0)
ANGLES = np.deg2rad([0, 180, 90, 270, 30, 150, 330, 210, 60, 120, 300, 240])
GAP = 2.0
ROUNDS = 6

OVER_LABEL, OVER_LEADER, OVER_OBSTACLE = 60.0, 30.0, 8.0
OVER_BUBBLE, HIDING_BUBBLE = 1.5, 30.0
DOUBTFUL = 5.0
FAR, NEARER = 6.5, 1.0


@dataclass(frozen=True)
class PlacedLabels:
    """Where the labels go.

    Parameters
    ----------
    corners : ndarray, shape (n, 2), points
        Lower left corner of each label.
    free : ndarray of bool, shape (n,)
        False where no place was found that overlaps no other label.
    far : ndarray of bool, shape (n,)
        True where the label stands so far off that a line should lead to its bubble.
    """

    corners: np.ndarray
    free: np.ndarray
    far: np.ndarray


def place_labels(
    centres: np.ndarray,
    radii: np.ndarray,
    sizes: np.ndarray,
    bounds: tuple[float, float, float, float],
    obstacles: np.ndarray | None = None,
) -> PlacedLabels:
    """Choose a place for each label.

    Parameters
    ----------
    centres : ndarray, shape (n, 2), points
        Middle of each bubble.
    radii : ndarray, shape (n,), points
    sizes : ndarray, shape (n, 2), points
        Width and height of each label.
    bounds : tuple of float, points
        Left, bottom, right and top of the room that labels must stay in.
    obstacles : ndarray, shape (m, 4), points, optional
        Boxes (left, bottom, right, top) that labels had better not cover.

    Notes
    -----
    Coordinate descent over a fixed set of candidate places; no random numbers, so the same
    input gives the same places.

    Examples
    --------
    >>> centres = np.array([[50.0, 50.0], [55.0, 50.0]])
    >>> placed = place_labels(centres, np.array([4.0, 4.0]), np.array([[40.0, 10.0]] * 2),
    ...                       (0, 0, 200, 100))
    >>> bool(placed.free.all())
    True
    """
    count = len(centres)
    if count == 0:
        return PlacedLabels(np.zeros((0, 2)), np.zeros(0, bool), np.zeros(0, bool))
    walls = np.zeros((0, 4)) if obstacles is None else np.asarray(obstacles, float)
    places, costs = [], []
    for index in range(count):
        boxes, distance = _places(centres[index], radii[index], sizes[index], bounds)
        places.append(boxes)
        gaps = _gaps(boxes, centres, radii)
        doubtful = gaps.min(axis=1) < gaps[:, index] - NEARER  # it would seem another one's name
        cost = distance + _standing_cost(boxes, centres, radii, walls)
        costs.append(cost + DOUBTFUL * doubtful)
    leaders = [_leader_points(boxes, centre) for boxes, centre in zip(places, centres, strict=True)]
    chosen = _descend(places, costs, leaders)
    boxes = np.array([places[i][chosen[i]] for i in range(count)])
    return PlacedLabels(boxes[:, :2], _free(boxes), _far(boxes, centres, radii))


def _places(
    centre: np.ndarray, radius: float, size: np.ndarray, bounds: tuple[float, float, float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Boxes around one bubble inside the bounds, with the cost of their distance."""
    away, angle = (grid.ravel() for grid in np.meshgrid(DISTANCES, ANGLES, indexing="ij"))
    reach = radius + away
    across, up = np.cos(angle).round(3), np.sin(angle).round(3)
    middle = centre + np.column_stack(
        [
            across * reach + np.sign(across) * size[0] / 2,  # wholly to one side, or centred
            up * reach + up * size[1] / 2,
        ]
    )
    left, bottom, right, top = bounds
    half = size / 2
    middle[:, 0] = middle[:, 0].clip(left + half[0], max(right - half[0], left + half[0]))
    middle[:, 1] = middle[:, 1].clip(bottom + half[1], max(top - half[1], bottom + half[1]))
    boxes = np.column_stack([middle - half, middle + half])
    order_cost = np.tile(np.arange(len(ANGLES)) * 0.25, len(DISTANCES))
    return boxes, away * 0.5 + order_cost


def _standing_cost(
    boxes: np.ndarray, centres: np.ndarray, radii: np.ndarray, walls: np.ndarray
) -> np.ndarray:
    """What each box covers of bubbles and obstacles, which do not move."""
    squares = np.column_stack([centres - radii[:, None] * 0.85, centres + radii[:, None] * 0.85])
    covered = _overlap(boxes, squares)
    hidden = covered / (1.7 * radii) ** 2  # a label over a small bubble hides it
    cost = OVER_BUBBLE * np.sqrt(covered).sum(axis=1) + HIDING_BUBBLE * hidden.sum(axis=1)
    if len(walls):
        cost = cost + OVER_OBSTACLE * np.sqrt(_overlap(boxes, walls)).sum(axis=1)
    return cost


def _leader_points(boxes: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Points along the line from each box to the bubble, shape (n, 5, 2)."""
    nearest = np.clip(centre, boxes[:, :2], boxes[:, 2:])
    along = np.array([0.1, 0.3, 0.5, 0.7, 0.9])[None, :, None]
    return nearest[:, None, :] * (1 - along) + centre * along


def _inside(points: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """How many of each row's points lie in any box, shape (n,)."""
    low = points[:, :, None, :] > boxes[None, None, :, :2]
    high = points[:, :, None, :] < boxes[None, None, :, 2:]
    covered = np.logical_and(low, high)
    return np.any(np.all(covered, axis=3), axis=2).sum(axis=1)


def _descend(
    places: list[np.ndarray], costs: list[np.ndarray], leaders: list[np.ndarray]
) -> list[int]:
    chosen = [int(np.argmin(cost)) for cost in costs]
    for _ in range(ROUNDS):
        before = list(chosen)
        for index, boxes in enumerate(places):
            others = np.array(
                [places[other][chosen[other]] for other in range(len(places)) if other != index]
            ).reshape(-1, 4)
            overlap = _overlap(_grown(boxes), others)
            total = costs[index] + OVER_LABEL * np.sqrt(overlap).sum(axis=1)
            total += OVER_LEADER * _inside(leaders[index], others)
            chosen[index] = int(np.argmin(total))
        if chosen == before:
            break
    return chosen


def _grown(boxes: np.ndarray) -> np.ndarray:
    return boxes + np.array([-GAP, -GAP, GAP, GAP])


def _overlap(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Shared area of each box with each other box, shape (n, m)."""
    if not len(others):
        return np.zeros((len(boxes), 0))
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return (high - low).clip(min=0).prod(axis=2)


def _free(boxes: np.ndarray) -> np.ndarray:
    """Keep labels in turn, so that of two that overlap the first stays."""
    kept: list[int] = []
    free = np.ones(len(boxes), bool)
    for index in range(len(boxes)):
        free[index] = bool(_overlap(boxes[[index]], boxes[kept]).sum() == 0)
        if free[index]:
            kept.append(index)
    return free


def _gaps(boxes: np.ndarray, centres: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Room between each box and each bubble, shape (n, m); below zero where they touch."""
    nearest = np.clip(centres[None], boxes[:, None, :2], boxes[:, None, 2:])
    return np.hypot(*np.moveaxis(nearest - centres[None], 2, 0)) - radii


def _far(boxes: np.ndarray, centres: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Labels that need a line: far from their bubble, or nearer to another one."""
    gaps = _gaps(boxes, centres, radii)
    own = np.diagonal(gaps)
    return (own > FAR) | (gaps.min(axis=1) < own - NEARER)
