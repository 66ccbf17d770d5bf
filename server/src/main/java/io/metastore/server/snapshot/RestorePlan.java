package io.metastore.server.snapshot;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.metastore.server.bolt.BucketSource.Row;
import io.metastore.server.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/// For whom a state is restored, and how, in the file beside it.
///
///     {"format":1,"bumpRevision":0,"members":{"8e9e05c52164694d":{"id":…,"peerURLs":[…],"name":"default"}}}
///
/// @param members all of the new cluster
public record RestorePlan(Bump bump, List<MemberRecord> members) {
    private static final int FORMAT = 1;

    public RestorePlan {
        members = List.copyOf(members);
    }

    byte[] encoded() {
        var all = new JsonObject();
        for (var member : members) {
            Row row = member.row();
            all.add(row.key().utf8(), JsonParser.parseString(row.value().utf8()));
        }
        var json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("bumpRevision", bump.by());
        json.add("members", all);
        return Bytes.utf8(json + "\n").shared();
    }

    /// @throws SnapshotException when it is damaged, or of another release
    static RestorePlan decode(byte[] bytes) {
        try {
            var json = JsonParser.parseString(Bytes.wrap(bytes).utf8()).getAsJsonObject();
            if (json.get("format").getAsInt() != FORMAT) {
                throw new SnapshotException("the state was restored with another release: start that one");
            }
            var members = new ArrayList<MemberRecord>();
            json.getAsJsonObject("members")
                    .entrySet()
                    .forEach(member -> members.add(MemberRecord.read(
                            Bytes.utf8(member.getKey()),
                            Bytes.utf8(member.getValue().toString()))));
            return new RestorePlan(new Bump(json.get("bumpRevision").getAsLong()), members);
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException | NullPointerException e) {
            throw new SnapshotException("the plan of a restored state is damaged", e);
        }
    }
}
