package io.metastore.server.grpc.admin;

import io.metastore.proto.admin.v1.MemberStatus;
import io.metastore.proto.admin.v1.MembershipResponse;
import java.util.List;

/// Members as a person names them.
record MemberNames(List<MemberStatus> members) {
    MemberNames(MembershipResponse now) {
        this(now.getMembersList());
    }

    /// The id of the member that has this name, or this id in hexadecimal. Of two with one name the ids must be told.
    long id(String text) {
        var named =
                members.stream().filter(member -> member.getName().equals(text)).toList();
        if (named.size() == 1) {
            return named.getFirst().getId();
        }
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException e) {
            throw new AdminClientException(
                    named.isEmpty()
                            ? "there is no member named " + text
                            : "several members are named " + text + ": name it by its id",
                    e);
        }
    }

    /// As in `m1 (8e9e05c52164694d)`.
    String text(long id) {
        var hex = Long.toHexString(id);
        return members.stream()
                .filter(member -> member.getId() == id && !member.getName().isEmpty())
                .map(member -> member.getName() + " (" + hex + ")")
                .findFirst()
                .orElse(hex);
    }
}
