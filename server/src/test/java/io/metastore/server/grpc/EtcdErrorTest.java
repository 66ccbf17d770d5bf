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
                    TIMED_OUT_LEADER_LOST     | UNAVAILABLE         | etcdserver: request timed out, possibly due to previous leader failure
                    TIMED_OUT_CONNECTION_LOST | UNAVAILABLE         | etcdserver: request timed out, possibly due to connection lost
                    STOPPED                   | UNAVAILABLE         | etcdserver: server stopped
                    NOT_LEADER                | FAILED_PRECONDITION | etcdserver: not leader
                    """)
    void aReasonHasTheCodeAndTheTextOfEtcd(Reason reason, Status.Code code, String text) {
        var error = EtcdError.of(reason);

        assertThat(error.status().getCode()).isEqualTo(code);
        assertThat(error.status().getDescription()).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasAnError(Reason reason) {
        assertThat(EtcdError.of(reason).text()).startsWith("etcdserver: ");
    }

    @Test
    void noErrorIsASuccess() {
        assertThat(EtcdError.values()).noneMatch(error -> error.status().isOk());
    }
}
