package io.metastore.server.model;

/// The number of a member, unsigned; 0 stands for no member (no leader is known, for example).
public record MemberId(long number) {
    public static final MemberId NONE = new MemberId(0);

    /// As etcd prints it: unsigned hexadecimal without leading zeros.
    @Override
    public String toString() {
        return Long.toHexString(number);
    }

    /// Reads what `toString` writes.
    ///
    /// @throws NumberFormatException when `hex` is no unsigned hexadecimal number of at most 64 bits
    public static MemberId parse(String hex) {
        return new MemberId(Long.parseUnsignedLong(hex, 16));
    }
}
