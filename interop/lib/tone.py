"""Whether a sound holds a tone, by the Goertzel algorithm: one bin of a discrete Fourier transform."""
import math
import wave

BLOCK = 800  # 100 ms at 8 kHz: a bin 10 Hz wide


def share(samples, rate, hertz):
    """The part of the energy of `samples` that is at `hertz`: 1 for a pure tone, near 0 for anything else."""
    step = 2 * math.cos(2 * math.pi * hertz / rate)
    last, before = 0.0, 0.0
    for sample in samples:
        last, before = sample + step * last - before, last
    power = last * last + before * before - step * last * before
    energy = sum(sample * sample for sample in samples)
    return 0.0 if energy == 0 else 2 * power / (len(samples) * energy)


def seconds_of(path, hertz=440):
    """How many seconds of the wave file at `path` are that tone and hardly anything else."""
    with wave.open(str(path)) as sound:
        rate, width, channels = sound.getframerate(), sound.getsampwidth(), sound.getnchannels()
        if (width, channels) != (2, 1):
            raise ValueError(f"{path}: {width} octets, {channels} channels")
        raw = sound.readframes(sound.getnframes())
    samples = memoryview(raw[: len(raw) // 2 * 2]).cast("h")
    blocks = (samples[i : i + BLOCK] for i in range(0, len(samples) - BLOCK + 1, BLOCK))
    return sum(BLOCK / rate for block in blocks if max(block) > 500 and share(block, rate, hertz) > 0.9)
