"""Bytes → text: the encodings, their detection and decoding that counts what does not fit."""

from meipi.encodings.decoding import decode
from meipi.encodings.detection import Guess, detect
from meipi.encodings.named import ENCODINGS, EncodingInfo

__all__ = ["ENCODINGS", "EncodingInfo", "Guess", "decode", "detect"]
