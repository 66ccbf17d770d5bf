package io.metastore.server.cluster;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import java.util.List;

/// The changes that one batch makes to the raised alarms. For the thread that applies commands.
public final class AlarmWriter {
    private final AlarmTable table;
    private final Batch batch;
    private List<Alarm> raised;

    AlarmWriter(AlarmTable table, Batch batch) {
        this.table = table;
        this.batch = batch;
        this.raised = table.raised();
    }

    /// Raises or disarms `alarm`; saying it twice changes nothing.
    public void set(Alarm alarm, boolean raised) {
        if (raised) {
            batch.put(Column.ALARMS, AlarmTable.row(alarm), Bytes.EMPTY);
        } else {
            batch.delete(Column.ALARMS, AlarmTable.row(alarm));
        }
        this.raised = AlarmTable.read(batch);
    }

    /// The alarms that are raised with the changes made here.
    public List<Alarm> raised() {
        return raised;
    }

    /// Makes the changes visible in the table; after the batch was committed.
    public void published() {
        table.publish(raised);
    }
}
