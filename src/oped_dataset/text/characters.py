"""Sets of characters by their Unicode properties, each for use between the brackets of a pattern.

Made by `tools/build_characters.py` with regex 2026.11.19; do not edit.
"""

from __future__ import annotations

from typing import Final

IGNORABLE: Final = (
    r"\xad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff"
)
"""Characters that stay invisible unless software supports them (Default_Ignorable_Code_Point, UAX 44)."""

TERMINAL: Final = (
    r"\x21\x2e\x3f\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d-\u083e\u0964-\u0965"
    r"\u104a-\u104b\u1362\u1367-\u1368\u166e\u1735-\u1736\u17d4-\u17d5\u1803\u1809\u1944-\u1945"
    r"\u1aa8-\u1aab\u1b4e-\u1b4f\u1b5a-\u1b5b\u1b5e-\u1b5f\u1b7d-\u1b7f\u1c3b-\u1c3c\u1c7e-\u1c7f\u2024"
    r"\u203c-\u203d\u2047-\u2049\u2cf9-\u2cfb\u2e2e\u2e3c\u2e53-\u2e54\u2e60-\u2e61\u3002\ua4ff"
    r"\ua60e-\ua60f\ua6f3\ua6f7\ua876-\ua877\ua8ce-\ua8cf\ua92f\ua9c8-\ua9c9\uaa5d-\uaa5f\uaaf0-\uaaf1"
    r"\uabeb\ufe12\ufe15-\ufe16\ufe52\ufe56-\ufe57\uff01\uff0e\uff1f\uff61\U00010a56-\U00010a57"
    r"\U00010f55-\U00010f59\U00010f86-\U00010f89\U00011047-\U00011048\U000110be-\U000110c1"
    r"\U00011141-\U00011143\U000111c5-\U000111c6\U000111cd\U000111de-\U000111df\U00011238-\U00011239"
    r"\U0001123b-\U0001123c\U000112a9\U000113d4-\U000113d5\U0001144b-\U0001144c\U000115c2-\U000115c3"
    r"\U000115c9-\U000115d7\U00011641-\U00011642\U0001173c-\U0001173e\U00011944\U00011946"
    r"\U00011a42-\U00011a43\U00011a9b-\U00011a9c\U00011c41-\U00011c42\U00011ef7-\U00011ef8"
    r"\U00011f43-\U00011f44\U00016a6e-\U00016a6f\U00016af5\U00016b37-\U00016b38\U00016b44"
    r"\U00016d6e-\U00016d6f\U00016e98\U0001bc9f\U0001da88"
)
"""Marks that end a sentence, in every script (Sentence_Terminal, UAX 44)."""

CLOSING: Final = (
    r"\x29\x5d\x7d\xbb\u0f3b\u0f3d\u169c\u2019\u201d\u203a\u2046\u207e\u208e\u2309\u230b\u232a\u2769\u276b"
    r"\u276d\u276f\u2771\u2773\u2775\u27c6\u27e7\u27e9\u27eb\u27ed\u27ef\u2984\u2986\u2988\u298a\u298c"
    r"\u298e\u2990\u2992\u2994\u2996\u2998\u29d9\u29db\u29fd\u2e03\u2e05\u2e0a\u2e0d\u2e1d\u2e21\u2e23"
    r"\u2e25\u2e27\u2e29\u2e56\u2e58\u2e5a\u2e5c\u2e63\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019"
    r"\u301b\u301e-\u301f\ufd3e\ufe18\ufe36\ufe38\ufe3a\ufe3c\ufe3e\ufe40\ufe42\ufe44\ufe48\ufe5a\ufe5c"
    r"\ufe5e\uff09\uff3d\uff5d\uff60\uff63"
)
"""Closing brackets and quotation marks (general categories Pe and Pf)."""

UNSPACED: Final = (
    r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0e82\u0e84\u0e86-\u0e8a\u0e8c-\u0ea3\u0ea5\u0ea7-\u0ebd"
    r"\u0ec0-\u0ec4\u0ec6\u0ec8-\u0ece\u0edc-\u0edf\u0f00\u0f18-\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f47"
    r"\u0f49-\u0f6c\u0f71-\u0f84\u0f86-\u0f97\u0f99-\u0fbc\u0fc6\u1000-\u103f\u1050-\u108f\u109a-\u109d"
    r"\u1100-\u11ff\u1780-\u17d3\u17d7\u17dc-\u17dd\u1950-\u196d\u1970-\u1974\u1980-\u19ab\u19b0-\u19c9"
    r"\u1a20-\u1a5e\u1a60-\u1a7c\u1aa7\u1b05-\u1b33\u1b44-\u1b4c\u1bc0-\u1be5\u1bf2-\u1bf3\u3006-\u3007"
    r"\u3021-\u3029\u3031-\u3034\u3038-\u303a\u3041-\u3096\u309f\u30a1-\u30fa\u30fc\u30ff\u3105-\u312f"
    r"\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\ua014\ua016-\ua48c\ua960-\ua97c"
    r"\ua984-\ua9b2\ua9c0\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa00-\uaa28\uaa60-\uaa76\uaa7a-\uaac2\uaadb-\uaadd"
    r"\uac00-\ud7a3\ud7b0-\ud7c6\ud7cb-\ud7fb\uf900-\ufa6d\ufa70-\ufad9\uff66-\uff9d\uffa0-\uffbe"
    r"\uffc2-\uffc7\uffca-\uffcf\uffd2-\uffd7\uffda-\uffdc\U00011003-\U00011037\U00011046"
    r"\U00011071-\U00011072\U00011075\U00011305-\U0001130c\U0001130f-\U00011310\U00011313-\U00011328"
    r"\U0001132a-\U00011330\U00011332-\U00011333\U00011335-\U00011339\U0001134d\U00011350"
    r"\U0001135e-\U00011361\U00011380-\U00011389\U0001138b\U0001138e\U00011390-\U000113b5\U000113b7"
    r"\U000113d0-\U000113d1\U000113d3\U00011700-\U0001171a\U0001171d-\U0001172b\U00011740-\U00011746"
    r"\U00011900-\U00011906\U00011909\U0001190c-\U00011913\U00011915-\U00011916\U00011918-\U0001192f"
    r"\U0001193e-\U0001193f\U00011941\U00011ee0-\U00011ef1\U00011f02\U00011f04-\U00011f10"
    r"\U00011f12-\U00011f33\U00011f42\U00016100-\U0001611d\U00016ff4-\U00016ff6\U00017000-\U00018aff"
    r"\U00018d00-\U00018d20\U00018d80-\U00018df2\U00018e00-\U00019191\U000191a0-\U000191d2"
    r"\U0001b000-\U0001b128\U0001b132\U0001b150-\U0001b152\U0001b155\U0001b164-\U0001b168"
    r"\U0001b170-\U0001b2fb\U00020000-\U0002a6df\U0002a700-\U0002b81e\U0002b820-\U0002cead"
    r"\U0002ceb0-\U0002ebe0\U0002ebf0-\U0002ee5d\U0002f800-\U0002fa1d\U00030000-\U0003134a"
    r"\U00031350-\U00033479\U0003d000-\U0003fc3f"
)
"""Letters of scripts that put no space between words, or join particles to them (Line_Break, UAX 14; Tibetan)."""

UNSPACED_MARKS: Final = (
    r"\u0e4f\u0e5a-\u0e5b\u0f04-\u0f12\u0f14\u0f3a-\u0f3d\u0f85\u0fd0-\u0fd4\u0fd9-\u0fda\u104a-\u104f"
    r"\u17d4-\u17d6\u17d8-\u17da\u2329-\u232a\u3001-\u3003\u3008-\u3011\u3014-\u301f\u3030\u303d\u30a0"
    r"\u30fb\ufe10-\ufe19\ufe30-\ufe52\ufe54-\ufe61\ufe63\ufe68\ufe6a-\ufe6b\uff01-\uff03\uff05-\uff0a"
    r"\uff0c-\uff0f\uff1a-\uff1b\uff1f-\uff20\uff3b-\uff3d\uff3f\uff5b\uff5d\uff5f-\uff65\U00016fe2"
)
"""The punctuation of these scripts (East_Asian_Width, UAX 11; Script, UAX 24)."""

PREPENDED: Final = (
    r"\u0600-\u0605\u06dd\u070f\u0890-\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2-\U000111c3"
    r"\U000113d1\U0001193f\U00011941\U00011a84-\U00011a89\U00011d46\U00011f02"
)
"""Characters that form one character with the next (Grapheme_Cluster_Break=Prepend, UAX 29)."""
