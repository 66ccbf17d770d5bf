package io.metastore.server.cluster;

import io.metastore.server.model.KeyRange;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The members of the cluster, as of the last published batch: the only place that says who belongs to
/// it. It is made of the log alone, by the first configuration and the commands after it, so it is the
/// same everywhere.
///
/// Writing belongs to the thread that applies commands; everything else may be called from any thread.
public final class MemberTable {
    private final Storage storage;
    private volatile Membership members;

    private MemberTable(Storage storage) {
        this.storage = storage;
        this.members = read(storage);
    }

    public static MemberTable open(Storage storage) {
        return new MemberTable(storage);
    }

    /// Takes over what the storage holds now, after its rows were replaced.
    public void reload() {
        members = read(storage);
    }

    public Membership membership() {
        return members;
    }

    public Optional<Member> find(MemberId member) {
        return members.find(member);
    }

    /// In the order of their ids.
    public List<Member> all() {
        return members.all();
    }

    /// The changes of `batch`, which the writer does not commit or close.
    public MemberWriter writer(Batch batch) {
        return new MemberWriter(this, batch);
    }

    void publish(Membership newest) {
        members = newest;
    }

    private static Membership read(Storage storage) {
        var members = new TreeMap<MemberId, Member>((one, other) -> Long.compareUnsigned(one.number(), other.number()));
        var removed = new HashSet<MemberId>();
        try (var snapshot = storage.snapshot();
                var rows = snapshot.scan(Column.MEMBERS, KeyRange.ALL)) {
            while (rows.next()) {
                var id = MemberRow.member(rows.key());
                if (rows.value().equals(MemberRow.REMOVED)) {
                    removed.add(id);
                } else {
                    members.put(id, MemberRow.member(rows.key(), rows.value()));
                }
            }
        }
        return new Membership(members, removed);
    }
}
