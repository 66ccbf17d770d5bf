package io.metastore.server.node;

import io.metastore.server.model.Member;
import io.metastore.server.request.Reason;
import java.util.List;

/// The members in the order of their ids, or why they cannot be told.
public sealed interface MemberList {
    record Members(List<Member> members) implements MemberList {}

    record Refused(Reason reason) implements MemberList {}
}
