package io.metastore.server.cluster;

import io.metastore.server.model.KeyRange;
import io.metastore.server.model.MemberId;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Storage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What members told about themselves, as of the last published batch.
///
/// Writing belongs to the thread that applies commands; everything else may be called from any thread.
public final class MemberTable {
    private final Storage storage;
    private volatile Map<MemberId, About> members;

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

    /// What the member last told, or nothing while it has not started yet.
    public Optional<About> find(MemberId member) {
        return Optional.ofNullable(members.get(member));
    }

    /// Those that have told something and are none of `present`, in no order.
    public List<MemberId> others(Set<MemberId> present) {
        return members.keySet().stream().filter(id -> !present.contains(id)).toList();
    }

    /// The changes of `batch`, which the writer does not commit or close.
    public MemberWriter writer(Batch batch) {
        return new MemberWriter(this, batch);
    }

    void publish(MemberId member, About about) {
        members.put(member, about);
    }

    void forget(MemberId member) {
        members.remove(member);
    }

    private static Map<MemberId, About> read(Storage storage) {
        var members = new ConcurrentHashMap<MemberId, About>();
        try (var snapshot = storage.snapshot();
                var rows = snapshot.scan(Column.MEMBERS, KeyRange.ALL)) {
            while (rows.next()) {
                members.put(MemberRow.member(rows.key()), MemberRow.about(rows.value()));
            }
        }
        return members;
    }

    /// What a member tells about itself: its name, and where its clients reach it.
    public record About(String name, List<String> clientUrls) {
        public About {
            clientUrls = List.copyOf(clientUrls);
        }
    }
}
