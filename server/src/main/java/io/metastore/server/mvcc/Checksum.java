package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import java.util.zip.CRC32C;

/// The CRC-32C of some bytes and how many they are, which is all that is needed to go on behind them: pieces can be
/// summed apart, in any order of time, and a sum survives a restart.
///
///     of("ab").then(of("c"))  =  of("abc")
///
/// Source: a CRC is the remainder of a polynomial over GF(2). The first piece's has to be multiplied by x^8 for each
/// byte behind it, and is then added to the second's. Polynomials are kept as in the CRC itself, with x^0 in the top
/// bit.
///
/// @param length in bytes
record Checksum(int crc, long length) {
    static final Checksum EMPTY = new Checksum(0, 0);

    private static final int POLYNOMIAL = 0x82f63b78;
    private static final int X_TO_THE_0 = 1 << 31;
    private static final int X_TO_THE_8 = 1 << 23;

    static Checksum of(Bytes bytes) {
        return new Sum().add(bytes).checksum();
    }

    /// The sum of these bytes and those of `next` behind them.
    Checksum then(Checksum next) {
        return new Checksum(multiply(crc, shift(next.length)) ^ next.crc, length + next.length);
    }

    /// x to the power of 8 times `bytes`, by squaring.
    private static int shift(long bytes) {
        int power = X_TO_THE_0;
        int square = X_TO_THE_8;
        for (long rest = bytes; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                power = multiply(power, square);
            }
            square = multiply(square, square);
        }
        return power;
    }

    private static int multiply(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = 31; bit >= 0; bit--) {
            if (((left >>> bit) & 1) != 0) {
                product ^= shifted;
            }
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }

    /// Sums bytes one piece after the other.
    static final class Sum {
        private final CRC32C crc = new CRC32C();
        private long length;

        Sum add(Bytes bytes) {
            return add(bytes, 0);
        }

        /// Adds the bytes from the one at `from` on.
        Sum add(Bytes bytes, int from) {
            crc.update(bytes.shared(), from, bytes.length() - from);
            length += bytes.length() - from;
            return this;
        }

        Checksum checksum() {
            return new Checksum((int) crc.getValue(), length);
        }
    }
}
