"""Pretend receipts as pictures: drawn, small, and the same each time."""

import io

from app import resources
from app.services.example.programme import group_facts
from app.services.example.size import Size

_WIDTH, _HEIGHT, _QUALITY = 420, 560, 70


def receipt(size: Size, payee: str, what: str, pence: int, day: str, number: int) -> bytes:
    """Return the picture of a receipt as JPEG."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (_WIDTH, _HEIGHT), 250)
    draw = ImageDraw.Draw(image)

    def font(points: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(resources.path("fonts/DejaVuSans.ttf")), points)

    draw.rectangle((14, 14, _WIDTH - 15, _HEIGHT - 15), outline=150)
    draw.text((34, 36), payee[:26], fill=20, font=font(24))
    draw.text((34, 84), f"Receipt {number:04}", fill=60, font=font(16))
    draw.text((34, 110), day, fill=60, font=font(16))
    draw.text((34, 170), what[:34], fill=30, font=font(18))
    draw.line((34, 214, _WIDTH - 34, 214), fill=120, width=2)
    draw.text((34, 232), "Paid", fill=30, font=font(22))
    total = f"£{pence // 100}.{pence % 100:02}"
    draw.text((_WIDTH - 34, 232), total, fill=10, font=font(22), anchor="ra")
    draw.text((34, 300), group_facts(size)["name"], fill=90, font=font(15))
    draw.text((34, _HEIGHT - 60), "With thanks. Pretend receipt.", fill=110, font=font(14))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=_QUALITY)
    return kept.getvalue()
