"""What a manifest says a profile was made of, where it says it otherwise than this version does."""

from __future__ import annotations

import json

import pytest

from lmi import manifest
from lmi.batch.order import Order
from lmi.batch.plan import Places
from lmi.batch.reproduce import reproduce
from lmi.errors import LmiError


@pytest.mark.parametrize(
    ("settings", "parameters", "says"),
    [
        ({**Order().settings, "color": 1}, {"region": "sample/crossway"}, "have or lack 'color'"),
        ({"year": 2023}, {"region": "sample/crossway"}, "have or lack 'base_year'"),
        ([], {"region": "sample/crossway"}, "says what its profile was made of"),
        (Order().settings, {"region": "crossway"}, "says what its profile was made of"),
        (Order().settings, {"region": 3}, "says what its profile was made of"),
        (Order().settings, [], "says what its profile was made of"),
    ],
)
def test_settings_of_another_shape_are_refused_in_a_sentence(tmp_path, settings, parameters, says):
    told = {"settings": settings, "parameters": parameters}
    (tmp_path / manifest.FILE_NAME).write_text(json.dumps(told))
    with pytest.raises(LmiError, match=says):
        reproduce(tmp_path, Places(tmp_path, tmp_path, tmp_path))
