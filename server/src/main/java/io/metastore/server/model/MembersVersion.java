package io.metastore.server.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Stands for who belongs to a cluster at one moment, so that a change can be made only if nobody else made one since.
/// Made
/// of the members themselves and not counted: members that ran older releases agree on it, and so do restored ones.
///
///     8e9e05c52164694d voter http://a:2380,http://b:2380
///     91bc3c398fb3c146 learner http://c:2380               the first eight bytes of the SHA-256 of this text
///     removed 5
///
/// Since ids are never used again and removed ones stay in it, it does not come back after members came or went. Names
/// and
/// client URLs, which members tell themselves, are not in it.
public record MembersVersion(long number) {
    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{16}");

    static MembersVersion of(Membership members) {
        var text = new StringBuilder();
        for (var member : members.all()) {
            text.append(member.id()).append(role(member)).append(String.join(",", member.peerUrls()));
            text.append('\n');
        }
        text.append(members.removed().stream()
                .sorted(Comparator.comparing(MemberId::number, Long::compareUnsigned))
                .map(removed -> "removed " + removed + "\n")
                .collect(Collectors.joining()));
        var digest = Sha256.start().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return new MembersVersion(ByteBuffer.wrap(digest).getLong());
    }

    private static String role(Member member) {
        return (member.learner() ? " learner" : " voter") + (member.witness() ? " witness " : " ");
    }

    /// What `toString` writes; nothing for any other text.
    public static Optional<MembersVersion> parse(String text) {
        return TEXT.matcher(text).matches()
                ? Optional.of(new MembersVersion(Long.parseUnsignedLong(text, 16)))
                : Optional.empty();
    }

    /// Sixteen hexadecimal digits.
    @Override
    public String toString() {
        return "%016x".formatted(number);
    }
}
