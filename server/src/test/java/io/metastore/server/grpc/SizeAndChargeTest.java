package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.delete;
import static io.metastore.server.grpc.Wire.get;
import static io.metastore.server.grpc.Wire.put;
import static io.metastore.server.grpc.Wire.step;
import static io.metastore.server.grpc.Wire.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.MemberId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeAndChargeTest {
    /// Seen with etcd 3.7.1 whose member has this id: of a put of the key `k`, 1,572,864 - 27 bytes of value
    /// are taken.
    private static final MemberId MEMBER = new MemberId(0x8e9e05c52164694dL);

    @Test
    void aPutIsMeasuredWithWhatRaftAddsToIt() {
        var sizes = new SizeLimit(1_572_864, MEMBER);

        assertThat(sizes.isExceededBy(put("k", "v".repeat(1_572_864 - 24)))).isFalse();
        assertThat(sizes.isExceededBy(put("k", "v".repeat(1_572_864 - 23)))).isTrue();
    }

    @Test
    void aPutIsChargedForItsKeyItsValueAndAnOverhead() {
        assertThat(Charge.of(put("key", "value"))).isEqualTo(256 + 3 + 5);
    }

    @Test
    void aTransactionIsChargedForItsDearerBranch() {
        var inner = step(transaction(List.of(step(put("k", "v"))), List.of()));
        var cheap = List.of(step(put("k", "")));

        assertThat(Charge.of(transaction(List.of(inner, step(get("a"))), cheap)))
                .isEqualTo(258);
        assertThat(Charge.of(transaction(cheap, List.of(inner, inner)))).isEqualTo(516);
    }

    @Test
    void readsAndDeletesAreFree() {
        assertThat(Charge.of(transaction(List.of(step(get("a")), step(delete("a", "b"))), List.of())))
                .isZero();
    }
}
