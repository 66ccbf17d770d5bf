package io.metastore.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.cluster.MemberTable.About;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.MemberId;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import io.metastore.server.storage.StorageException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTableTest {
    private static final MemberId ONE = new MemberId(1);
    private static final MemberId TWO = new MemberId(-2);
    private static final About FIRST = new About("m1", List.of("http://a:2379", "http://b:2379"));
    private static final About UNNAMED = new About("", List.of());

    private final Storage storage = MemoryStorage.volatileOnly();
    private final MemberTable table = MemberTable.open(storage);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void whatAMemberToldIsFoundAlsoAfterARestart() {
        change(writer -> {
            writer.publish(ONE, FIRST);
            writer.publish(TWO, UNNAMED);
        });

        for (var each : List.of(table, MemberTable.open(storage))) {
            assertThat(each.find(ONE)).contains(FIRST);
            assertThat(each.find(TWO)).contains(UNNAMED);
            assertThat(each.find(new MemberId(3))).isEmpty();
        }
    }

    @Test
    void theLastWordCounts() {
        var later = new About("zürich-ü", List.of());

        change(writer -> {
            writer.publish(ONE, FIRST);
            writer.publish(ONE, later);
        });

        assertThat(table.find(ONE)).contains(later);
        assertThat(MemberTable.open(storage).find(ONE)).contains(later);
    }

    @Test
    void whatIsNotPublishedIsNotSeen() {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            writer.publish(ONE, FIRST);
            batch.commit();

            assertThat(table.find(ONE)).isEmpty();
            writer.published();
            assertThat(table.find(ONE)).contains(FIRST);
        }
    }

    @Test
    void aMemberThatLeftIsForgotten() {
        change(writer -> {
            writer.publish(ONE, FIRST);
            writer.publish(TWO, UNNAMED);
        });
        assertThat(table.others(Set.of(ONE))).containsExactly(TWO);

        change(writer -> writer.forget(TWO));

        assertThat(table.find(TWO)).isEmpty();
        assertThat(MemberTable.open(storage).find(TWO)).isEmpty();
        assertThat(table.others(Set.of(ONE))).isEmpty();
    }

    @Test
    void reloadTakesOverWhatTheStorageHolds() {
        var other = MemberTable.open(storage);
        change(writer -> writer.publish(ONE, FIRST));

        other.reload();

        assertThat(other.find(ONE)).contains(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "000000ff61", "ffffffff", "0000000161000000"})
    void aDamagedRowIsNotTakenForAMember(String hex) {
        try (var batch = storage.batch()) {
            batch.put(Column.MEMBERS, MemberRow.key(ONE), bytes(hex));
            batch.commit();
        }

        assertThatThrownBy(() -> MemberTable.open(storage)).isInstanceOf(StorageException.class);
    }

    @Test
    void aRowIsLaidOutAsWritten() {
        assertThat(MemberRow.value(new About("m1", List.of("http://a"))))
                .isEqualTo(bytes("000000026d3100000008687474703a2f2f61"));
    }

    private static Bytes bytes(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }

    private void change(Consumer<MemberWriter> change) {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            change.accept(writer);
            batch.commit();
            writer.published();
        }
    }
}
