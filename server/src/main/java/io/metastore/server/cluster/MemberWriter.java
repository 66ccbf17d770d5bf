package io.metastore.server.cluster;

import io.metastore.server.cluster.MemberTable.About;
import io.metastore.server.model.MemberId;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import java.util.ArrayList;
import java.util.List;

/// The changes that one batch makes to what is known about members. For the thread that applies commands.
public final class MemberWriter {
    private final MemberTable table;
    private final Batch batch;
    private final List<Runnable> changes = new ArrayList<>();

    MemberWriter(MemberTable table, Batch batch) {
        this.table = table;
        this.batch = batch;
    }

    /// Notes what `member` tells, in place of what it told before.
    public void publish(MemberId member, About about) {
        batch.put(Column.MEMBERS, MemberRow.key(member), MemberRow.value(about));
        changes.add(() -> table.publish(member, about));
    }

    /// Drops what a member told that has left the cluster.
    public void forget(MemberId member) {
        batch.delete(Column.MEMBERS, MemberRow.key(member));
        changes.add(() -> table.forget(member));
    }

    /// Makes the changes visible in the table; after the batch was committed.
    public void published() {
        changes.forEach(Runnable::run);
    }
}
