package io.metastore.server.cluster;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.MemberId;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import io.metastore.server.storage.Storage;
import io.metastore.server.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The alarms that are raised, as of the last published batch. A row has no value; its key is the member and the
/// number of the alarm:
///
///     member 8e9e05c52164694d, NO_SPACE      8e9e05c52164694d 01  →  (empty)
///
/// Writing belongs to the thread that applies commands; everything else may be called from any thread.
public final class AlarmTable {
    private static final int ROW_LENGTH = Long.BYTES + 1;

    private final Storage storage;
    private volatile List<Alarm> raised;

    private AlarmTable(Storage storage) {
        this.storage = storage;
        this.raised = read(storage);
    }

    public static AlarmTable open(Storage storage) {
        return new AlarmTable(storage);
    }

    /// Takes over what the storage holds now, after its rows were replaced.
    public void reload() {
        raised = read(storage);
    }

    /// The raised alarms, in the order of the members' unsigned numbers.
    public List<Alarm> raised() {
        return raised;
    }

    /// The changes of `batch`, which the writer does not commit or close.
    public AlarmWriter writer(Batch batch) {
        return new AlarmWriter(this, batch);
    }

    void publish(List<Alarm> newest) {
        raised = newest;
    }

    static Bytes row(Alarm alarm) {
        return Bytes.wrap(ByteBuffer.allocate(ROW_LENGTH)
                .putLong(alarm.member().number())
                .put((byte) alarm.kind().number())
                .array());
    }

    /// The alarms in a state that is read elsewhere, in the order of the members' unsigned numbers.
    public static List<Alarm> read(Reader reader) {
        var alarms = new ArrayList<Alarm>();
        try (var rows = reader.scan(Column.ALARMS, KeyRange.ALL)) {
            while (rows.next()) {
                alarms.add(alarm(rows.key()));
            }
        }
        return List.copyOf(alarms);
    }

    private static List<Alarm> read(Storage storage) {
        try (var snapshot = storage.snapshot()) {
            return read(snapshot);
        }
    }

    private static Alarm alarm(Bytes row) {
        if (row.length() != ROW_LENGTH) {
            throw new StorageException("the row of an alarm is damaged: " + row);
        }
        var member = new MemberId(ByteBuffer.wrap(row.shared()).getLong());
        return new Alarm(member, Alarm.Kind.of(row.at(Long.BYTES)));
    }
}
