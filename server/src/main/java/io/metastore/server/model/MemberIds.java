package io.metastore.server.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Collectors;

/// The ids that etcd would give.
///
///     http://localhost:2380, token etcd-cluster            →  member 8e9e05c52164694d
///     http://localhost:2380, added at second 1700000000    →  SHA-1 of "http://localhost:23801700000000"
///
/// Source: `computeMemberID` of etcd's package membership.
public final class MemberIds {
    private MemberIds() {}

    /// Of a member that founds a cluster.
    public static MemberId founder(List<String> peerUrls, String token) {
        return hashed(peerUrls, token);
    }

    /// Of a member that is added to a cluster, in this second since 1970; the token does not count then.
    public static MemberId added(List<String> peerUrls, long unixSeconds) {
        return hashed(peerUrls, String.valueOf(unixSeconds));
    }

    /// The first eight bytes of the SHA-1.
    public static long firstBytes(byte[] hashed) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-1").digest(hashed))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static MemberId hashed(List<String> peerUrls, String end) {
        var text = peerUrls.stream().sorted().collect(Collectors.joining("", "", end));
        return new MemberId(firstBytes(text.getBytes(StandardCharsets.UTF_8)));
    }
}
