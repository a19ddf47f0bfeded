"""Each bundled face can write the names it is here for, and the PDF writer can embed it."""

from functools import cache

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from app import resources

ATKINSON = tuple(
    f"AtkinsonHyperlegibleNext-{style}.ttf"
    for style in ("Regular", "Italic", "SemiBold", "Bold", "BoldItalic")
)


DEJAVU = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


def _two(stem: str) -> tuple[str, str]:
    return (f"{stem}-Regular.ttf", f"{stem}-Bold.ttf")


# What each face is there for: whole alphabets where they are short, and names as people write them.
PROMISED = {
    "English and money": (
        ATKINSON,
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 £€%&@#/+-−×÷=.,:;!?'\"‘’“”–—…•·()[]°½©",
    ),
    "Welsh": (ATKINSON, "Siân Ŵan Ŷsbaddaden ŵ ŷ â ê î ô û Â Ê Î Ô Û ï"),
    "Irish and Gaelic": (ATKINSON, "Seán Ní Mháille Órla Caitrìona Ùna"),
    "Polish": (ATKINSON, "Łukasz Wójcik Świątek Żółć Źdźbło Ćwięk ĄĘŃŚ"),
    "Romanian": (ATKINSON, "Ștefan Țăran Îmbrea Câmpeanu ăâîșț ĂÂÎȘȚ"),
    "Lithuanian and Latvian": (ATKINSON, "Žydrūnas Šarūnė Ąžuolas Ūla Ģirts Ķēniņš Ļubova Ņina"),
    "Turkish": (ATKINSON, "Çağla Öztürk İbrahim Işık Şükrü ğıİşŞĞ"),
    "Portuguese, Spanish and French": (
        ATKINSON,
        "João Conceição Núñez Zoë Chloé François Œuvre Ángel ¿¡",
    ),
    "Czech, Slovak and Hungarian": (
        ATKINSON,
        "Dvořák Ľubica Ťažký Ďurovič Kovács Őze Űrsi Jiří Žižka",
    ),
    "Nordic, German and Albanian": (ATKINSON, "Åse Ørsted Þór Æsa Groß Müller Ëngjëll Çelik"),
    "Vietnamese": (DEJAVU, "Nguyễn Văn Đức Trần Thị Hạnh Phượng Lê Thuỳ"),
    "Yoruba, Igbo and Hausa": (DEJAVU, "Adébáyọ̀ Ọlá Ṣadé Ẹniọlá Chị Ụzọ Ɓauchi Ɗan Ƙofa"),
    "Greek": (DEJAVU, "Ελένη Παπαδοπούλου Γεώργιος Ψυχή ΆΈΉΊΌΎΏ ϊΐϋΰς"),
    "Ukrainian, Russian and Bulgarian": (
        DEJAVU,
        "Олена Шевченко Ґалаґан Їжак Єва Щербань Ёлкин Ъгъл Эльвира Юлия",
    ),
    "Serbian and Macedonian": (DEJAVU, "Ђорђе Њива Љубица Ћирић Џон Ѓорѓи Ќосе Ѕвезда"),
    "Georgian and Armenian": (DEJAVU, "ნინო გიორგი Արամ Հակոբյան"),
    "Hebrew": (DEJAVU, "דוד כהן שרה לוי ףץןםך"),
    "Ticks, boxes and arrows": (DEJAVU, "✓✔✗✘☐☑☒○●◐□■▲▼◆★☆←→↑↓⚠☎♿≤≥≈≠−"),
    "Arabic": (
        _two("NotoNaskhArabic"),
        "محمد عبد الله الحسين فاطمة أحمد إيمان آمنة رؤى هدى ٠١٢٣٤٥٦٧٨٩ ،؛؟ لا ﷺ",
    ),
    "Urdu": (
        _two("NotoNaskhArabic"),
        "فاطمہ چوہدری ٹھاکر ڈار بڑے خاں گل زہرہ ژالہ پروین ۓ ۂ ٹڈڑےںہھگکی ۰۱۲۳۴۵۶۷۸۹ ۔",
    ),
    "Persian, Pashto and Kurdish": (
        _two("NotoNaskhArabic"),
        "گلناز پژمان ښځه ګل ټول ډېر ړنګ ۍ ئارام ڕێبوار ڵ ۆ ە",
    ),
    "Bengali": (_two("NotoSansBengali"), "শ্রাবন্তী চক্রবর্তী কৃষ্ণা মোছাঃ রহিমা খাতুন চাঁদ উৎপল ড়ঢ়য় ০১২৩৪৫৬৭৮৯"),
    "Punjabi in Gurmukhi": (
        _two("NotoSansGurmukhi"),
        "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਹਰਜਿੰਦਰ ਕੌਰ ਜ਼ੋਰਾਵਰ ਫ਼ਤਿਹ ਸ਼ੇਰ ਅੰਮ੍ਰਿਤ ਚੱਢਾ ੦੧੨੩੪੫੬੭੮੯",
    ),
    "Hindi, Nepali and Marathi": (
        _two("NotoSansDevanagari"),
        "प्रिया शर्मा कृष्ण ज़ोया फ़ातिमा विद्यार्थी ऋषि चाँद अः बाळ ०१२३४५६७८९ ।",
    ),
    "Gujarati": (_two("NotoSansGujarati"), "હેતલ પટેલ જિજ્ઞેશ કૃષ્ણ ઋષિ શ્રદ્ધા અંજના ૦૧૨૩૪૫૬૭૮૯"),
    "Tamil": (_two("NotoSansTamil"), "தமிழ்செல்வி கிருஷ்ணன் ஸ்ரீ ஜெயலட்சுமி ஔவை ஃ"),
    "Chinese": (
        ("DroidSansFallbackFull.ttf",),
        "李小明 王芳 陳大文 张伟 劉慧敏 黃淑芬 邓丽君 鄧麗君 㐂 龍龙。，、",
    ),
    "Japanese kana": (("DroidSansFallbackFull.ttf",), "さくら ユキ ヴァイオレット 田中"),
}

CASES = [
    pytest.param(face, letters, id=f"{purpose}-{face}")
    for purpose, (faces, letters) in PROMISED.items()
    for face in faces
]


@cache
def _letters_of(face: str) -> frozenset[str]:
    with TTFont(resources.path(f"fonts/{face}"), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _every_face() -> list[str]:
    return sorted(entry.name for entry in resources.folder("fonts").glob("*.ttf"))


@pytest.mark.parametrize(("face", "letters"), CASES)
def test_face_has_every_letter_promised(face: str, letters: str) -> None:
    missing = set(letters) - _letters_of(face) - {" "}
    assert not missing, f"{face} lacks {''.join(sorted(missing))}"


def test_no_face_is_here_without_a_promise() -> None:
    promised = {face for faces, _ in PROMISED.values() for face in faces}
    assert promised == set(_every_face())


@pytest.mark.parametrize("face", _every_face())
def test_face_is_static_truetype_that_may_be_embedded(face: str) -> None:
    with TTFont(resources.path(f"fonts/{face}"), lazy=True) as font:
        assert "glyf" in font
        assert "fvar" not in font
        # Bit 1 of fsType forbids embedding; bit 9 allows pictures of letters only.
        assert not font["OS/2"].fsType & 0b10_0000_0010


@pytest.mark.parametrize("face", _every_face())
def test_face_has_licence_and_row_in_readme(face: str) -> None:
    family = {
        "Atkin": "Atkinson",
        "DejaV": "DejaVu",
        "Droid": "Droid",
        "NotoN": "Noto",
        "NotoS": "Noto",
    }[face[:5]]
    licences = [entry.name for entry in resources.folder("fonts/LICENSES").iterdir()]
    assert any(name.startswith(family) for name in licences)
    with TTFont(resources.path(f"fonts/{face}"), lazy=True) as font:
        name = font["name"].getDebugName(16) or font["name"].getDebugName(1)
    readme = resources.path("fonts/README.md").read_text(encoding="utf-8")
    assert f"| {name.removesuffix(' SemiBold')} |" in readme


def test_bold_face_writes_whatever_the_regular_one_writes() -> None:
    regular_faces = {face for face in _every_face() if face.endswith("-Regular.ttf")}
    assert "NotoNaskhArabic-Regular.ttf" in regular_faces
    for face in regular_faces:
        bold = face.replace("-Regular", "-Bold")
        assert _letters_of(face) == _letters_of(bold), face


@pytest.mark.parametrize(
    ("face", "name"),
    [
        ("NotoNaskhArabic-Regular.ttf", "محمد"),
        ("NotoNaskhArabic-Bold.ttf", "ٹھاکر"),
        ("NotoSansBengali-Regular.ttf", "কৃষ্ণা"),
        ("NotoSansBengali-Bold.ttf", "চক্রবর্তী"),
        ("NotoSansDevanagari-Regular.ttf", "ज्ञान"),
        ("NotoSansGujarati-Regular.ttf", "શ્રદ્ધા"),
        ("NotoSansGurmukhi-Regular.ttf", "ਗੁਰਪ੍ਰੀਤ"),
        ("NotoSansTamil-Regular.ttf", "ஸ்ரீ"),
    ],
)
def test_face_joins_letters(face: str, name: str) -> None:
    """A face without its joining tables would give one plain shape a letter."""
    font = uharfbuzz.Font(uharfbuzz.Face(resources.path(f"fonts/{face}").read_bytes()))
    plain = sorted(font.get_nominal_glyph(ord(letter)) for letter in name)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(name)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    shaped = sorted(info.codepoint for info in buffer.glyph_infos)
    assert 0 not in shaped
    assert shaped != plain
