package io.metastore.server.grpc.admin;

import io.metastore.proto.admin.v1.AddMemberRequest;
import io.metastore.proto.admin.v1.PromoteMemberRequest;
import io.metastore.proto.admin.v1.RemoveMemberRequest;
import io.metastore.proto.admin.v1.ReplaceMemberRequest;
import io.metastore.proto.admin.v1.Role;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import io.metastore.server.node.Administration;
import java.util.Optional;

/// What is wrong with a request whoever the members are, and what its fields stand for if nothing is.
final class AdminRequests {
    private AdminRequests() {}

    static Optional<String> fault(AddMemberRequest request) {
        return request.getRole() == Role.UNRECOGNIZED
                ? Optional.of("there is no role " + request.getRoleValue())
                : fault(request.getExpectedVersion());
    }

    static Optional<String> fault(RemoveMemberRequest request) {
        return fault(request.getExpectedVersion());
    }

    static Optional<String> fault(PromoteMemberRequest request) {
        return fault(request.getExpectedVersion());
    }

    static Optional<String> fault(ReplaceMemberRequest request) {
        return (request.getLearnerId() == 0) == (request.getPeerUrlsCount() == 0)
                ? Optional.of("a member is replaced by peer_urls or by learner_id, one of the two")
                : fault(request.getExpectedVersion());
    }

    private static Optional<String> fault(String expectedVersion) {
        return expectedVersion.isEmpty()
                        || MembersVersion.parse(expectedVersion).isPresent()
                ? Optional.empty()
                : Optional.of("expected_version is no version: " + expectedVersion);
    }

    static Administration.Role role(Role role) {
        return switch (role) {
            case ROLE_VOTER, ROLE_UNSPECIFIED -> Administration.Role.VOTER;
            case ROLE_LEARNER -> Administration.Role.LEARNER;
            case ROLE_WITNESS -> Administration.Role.WITNESS;
            case UNRECOGNIZED -> throw new IllegalArgumentException("a request without a fault has a role");
        };
    }

    /// Nothing for 0.
    static Optional<MemberId> named(long number) {
        return number == 0 ? Optional.empty() : Optional.of(new MemberId(number));
    }
}
