package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.metastore.server.request.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EtcdErrorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    KEY_NOT_FOUND             | INVALID_ARGUMENT    | etcdserver: key not found
                    LEASE_NOT_FOUND           | NOT_FOUND           | etcdserver: requested lease not found
                    LEASE_EXISTS              | FAILED_PRECONDITION | etcdserver: lease already exists
                    LEASE_TTL_TOO_LARGE       | OUT_OF_RANGE        | etcdserver: too large lease TTL
                    COMPACTED                 | OUT_OF_RANGE        | etcdserver: mvcc: required revision has been compacted
                    FUTURE_REVISION           | OUT_OF_RANGE        | etcdserver: mvcc: required revision is a future revision
                    NO_SPACE                  | RESOURCE_EXHAUSTED  | etcdserver: mvcc: database space exceeded
                    CORRUPT                   | DATA_LOSS           | etcdserver: corrupt cluster
                    REQUEST_TOO_LARGE         | INVALID_ARGUMENT    | etcdserver: request is too large
                    TOO_MANY_REQUESTS         | UNKNOWN             | etcdserver: too many requests
                    NO_LEADER                 | UNAVAILABLE         | etcdserver: no leader
                    LEADER_CHANGED            | UNAVAILABLE         | etcdserver: leader changed
                    TIMED_OUT                 | UNAVAILABLE         | etcdserver: request timed out
                    NOT_PROPOSED              | DEADLINE_EXCEEDED   | context deadline exceeded
                    TIMED_OUT_LEADER_LOST     | UNAVAILABLE         | etcdserver: request timed out, possibly due to previous leader failure
                    TIMED_OUT_CONNECTION_LOST | UNAVAILABLE         | etcdserver: request timed out, possibly due to connection lost
                    STOPPED                   | UNAVAILABLE         | etcdserver: server stopped
                    NOT_LEADER                | FAILED_PRECONDITION | etcdserver: not leader
                    USER_EMPTY                | INVALID_ARGUMENT    | etcdserver: user name is empty
                    USER_EXISTS               | FAILED_PRECONDITION | etcdserver: user name already exists
                    USER_NOT_FOUND            | FAILED_PRECONDITION | etcdserver: user name not found
                    ROLE_EMPTY                | INVALID_ARGUMENT    | etcdserver: role name is empty
                    ROLE_EXISTS               | FAILED_PRECONDITION | etcdserver: role name already exists
                    ROLE_NOT_FOUND            | FAILED_PRECONDITION | etcdserver: role name not found
                    ROOT_USER_MISSING         | FAILED_PRECONDITION | etcdserver: root user does not exist
                    ROOT_ROLE_MISSING         | FAILED_PRECONDITION | etcdserver: root user does not have root role
                    ROLE_NOT_GRANTED          | FAILED_PRECONDITION | etcdserver: role is not granted to the user
                    PERMISSION_NOT_GRANTED    | FAILED_PRECONDITION | etcdserver: permission is not granted to the role
                    PERMISSION_NOT_GIVEN      | INVALID_ARGUMENT    | etcdserver: permission not given
                    PERMISSION_DENIED         | PERMISSION_DENIED   | etcdserver: permission denied
                    INVALID_AUTH_MANAGEMENT   | INVALID_ARGUMENT    | etcdserver: invalid auth management
                    AUTH_FAILED               | INVALID_ARGUMENT    | etcdserver: authentication failed, invalid user ID or password
                    NO_PASSWORD_USER          | UNKNOWN             | auth: authentication failed, password was given for no password user
                    AUTH_NOT_ENABLED          | FAILED_PRECONDITION | etcdserver: authentication is not enabled
                    OLD_AUTH_REVISION         | INVALID_ARGUMENT    | etcdserver: revision of auth store is old
                    INVALID_TOKEN             | UNAUTHENTICATED     | etcdserver: invalid auth token
                    CANNOT_SIGN               | UNKNOWN             | auth: token signing attempted with verify-only key
                    PASSWORD_TOO_LONG         | UNKNOWN             | bcrypt: password length exceeds 72 bytes
                    """)
    void aReasonHasTheCodeAndTheTextOfEtcd(Reason reason, Status.Code code, String text) {
        var error = EtcdError.of(reason);

        assertThat(error.status().getCode()).isEqualTo(code);
        assertThat(error.status().getDescription()).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasAnError(Reason reason) {
        assertThat(EtcdError.of(reason).text())
                .matches("(etcdserver|auth|bcrypt|metastore): .+|context deadline exceeded");
    }

    @Test
    void anErrorIsPrintedAsGoPrintsIt() {
        assertThat(EtcdError.PERMISSION_DENIED.printed())
                .isEqualTo("rpc error: code = PermissionDenied desc = etcdserver: permission denied");
        assertThat(EtcdError.INVALID_TOKEN.printed())
                .isEqualTo("rpc error: code = Unauthenticated desc = etcdserver: invalid auth token");
    }

    @Test
    void noErrorIsASuccess() {
        assertThat(EtcdError.values()).noneMatch(error -> error.status().isOk());
    }
}
