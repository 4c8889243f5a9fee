"""The brief: the page that a room reads in two minutes and a board keeps."""

from __future__ import annotations

from lmi import words
from lmi.report import boilerplate
from lmi.report.display import Exhibit, Prose, sentence, tiled, title_block
from lmi.report.html import fill
from lmi.report.profile import Profile
from lmi.report.sections import region_map
from lmi.report.sentences.brief import headline, how_sure, others_sentence
from lmi.report.sentences.place import growth_of
from lmi.report.tables.leaders import leaders_table
from lmi.words import is_known
from lmi.words.how_sure import JOBS, PAY

__all__ = ["brief", "title"]

QUESTIONS = 3


def title(profile: Profile) -> Prose:
    """Name the region, the year and the method; say so where the data are made up."""
    return title_block(
        f"Labor market profile · {profile.state_name}", profile.name,
        f"Evidence for choosing target sectors, {profile.year}",
        made_up=boilerplate.ILLUSTRATIVE if profile.illustrative else "", staff=profile.staff,
    )  # fmt: skip


def brief(profile: Profile) -> Exhibit:
    """Show on one page who leads, what is set aside and why, how sure that is, what to ask."""
    return Exhibit(
        (
            _headline(profile),
            _tiles(profile),
            leaders_table(profile),
            sentence(others_sentence(profile)),
            *region_map(profile),
            _to_talk_about(profile),
            sentence(f"How sure: {how_sure(profile)}", profile.whole_source),
        )
    )


def _headline(profile: Profile) -> Prose:
    text = headline(profile)
    return Prose(fill("sections/paragraphs.html.j2", paragraphs=[("headline", text)]), text)


def _tiles(profile: Profile) -> Prose:
    """Four numbers of the region with the state's beside each."""
    return tiled([_jobs(profile), _pay(profile), _change(profile), _unemployment(profile)])


def _jobs(profile: Profile) -> tuple[str, str, str]:
    total = profile.total
    jobs = words.marked(words.whole(total[JOBS]), total.get("emplvl_estimated_share"))
    places = words.count(total["annual_avg_estabs"], "place of business")
    whole = profile.state_total.get(JOBS)
    of_state = f"{words.share(total[JOBS] / whole)} of {profile.state_name}'s" if whole else ""
    return ("Jobs", jobs, "; ".join(filter(None, [of_state, places])))


def _pay(profile: Profile) -> tuple[str, str, str]:
    pay = profile.state_total.get(PAY)
    beside = f"; {profile.state_name} {words.money(pay)}" if is_known(pay) else ""
    return ("Average pay", words.money(profile.total[PAY]), f"a year, all jobs{beside}")


def _change(profile: Profile) -> tuple[str, str, str]:
    said = words.signed_pct(profile.total["emplvl_pct_chg"])
    if said == words.MISSING:
        return ("Change in jobs", said, "no earlier year to compare with")
    state = growth_of(profile, profile.trend, "state")
    beside = f"; {profile.state_name} {words.signed_pct(state)}" if is_known(state) else ""
    return ("Change in jobs", said, f"{profile.span}{beside}")


def _unemployment(profile: Profile) -> tuple[str, str, str]:
    """The rate of the profile's year, else the newest; the places of business without any."""
    own = profile.setting.path("unemployment_rate")
    if own.empty:
        places = words.whole(profile.total["annual_avg_estabs"])
        return ("Places of business", places, "establishments")
    year = profile.year if profile.year in own.index else int(own.index[-1])
    state = profile.setting.path("unemployment_rate", "state").get(year)
    beside = f"; {profile.state_name} {words.pct(state)}" if is_known(state) else ""
    return ("Unemployment", words.pct(own[year]), f"{year}{beside}")


def _to_talk_about(profile: Profile) -> Prose:
    """One question on each of the sectors that lead, and no question twice."""
    asked: dict[str, str] = {}
    for reasons in profile.reasons:
        fresh = [text for text in reasons.questions if text not in asked.values()]
        if fresh and len(asked) < QUESTIONS:
            asked[reasons.name] = fresh[0]
    plain = "\n".join(f"{name}: {question}" for name, question in asked.items())
    return Prose(fill("sections/questions.html.j2", asked=asked), f"To talk about\n{plain}")
