package io.metastore.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.MemberId;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import io.metastore.server.storage.StorageException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmTableTest {
    private static final Alarm NO_SPACE = new Alarm(new MemberId(1), Alarm.Kind.NO_SPACE);
    private static final Alarm CORRUPT = new Alarm(new MemberId(1), Alarm.Kind.CORRUPT);
    private static final Alarm OF_ANOTHER = new Alarm(new MemberId(-2), Alarm.Kind.NO_SPACE);

    private final Storage storage = MemoryStorage.volatileOnly();
    private final AlarmTable table = AlarmTable.open(storage);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void raisedAlarmsAreListedByMemberAndKindAlsoAfterARestart() {
        change(writer -> {
            writer.set(OF_ANOTHER, true);
            writer.set(CORRUPT, true);
            writer.set(NO_SPACE, true);
        });

        assertThat(table.raised()).containsExactly(NO_SPACE, CORRUPT, OF_ANOTHER);
        assertThat(AlarmTable.open(storage).raised()).containsExactly(NO_SPACE, CORRUPT, OF_ANOTHER);
    }

    @Test
    void anAlarmIsSeenByItsWriterAtOnceAndByOthersOnceItIsPublished() {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);

            writer.set(NO_SPACE, true);

            assertThat(writer.raised()).containsExactly(NO_SPACE);
            batch.commit();
            assertThat(table.raised()).isEmpty();
            writer.published();
            assertThat(table.raised()).containsExactly(NO_SPACE);
        }
    }

    @Test
    void sayingItTwiceChangesNothing() {
        change(writer -> writer.set(NO_SPACE, true));
        change(writer -> writer.set(NO_SPACE, true));
        assertThat(table.raised()).containsExactly(NO_SPACE);

        change(writer -> writer.set(NO_SPACE, false));
        change(writer -> writer.set(NO_SPACE, false));
        assertThat(table.raised()).isEmpty();
    }

    @Test
    void reloadTakesOverWhatTheStorageHolds() {
        var other = AlarmTable.open(storage);
        change(writer -> writer.set(NO_SPACE, true));

        other.reload();

        assertThat(other.raised()).containsExactly(NO_SPACE);
    }

    @Test
    void aDamagedRowIsNotTakenForAnAlarm() {
        try (var batch = storage.batch()) {
            batch.put(Column.ALARMS, Bytes.utf8("x"), Bytes.EMPTY);
            batch.commit();
        }

        assertThatThrownBy(() -> AlarmTable.open(storage)).isInstanceOf(StorageException.class);
    }

    private void change(Consumer<AlarmWriter> change) {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            change.accept(writer);
            batch.commit();
            writer.published();
        }
    }
}
