package io.metastore.server.snapshot;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.metastore.server.bolt.BucketSource.Row;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;

/// A member of the cluster, as the bucket `members` has it: by its id in hexadecimal digits, in JSON.
///
///     8e9e05c52164694d  →  {"id":10276657743932975437,"peerURLs":["http://localhost:2380"],"name":"default"}
///
/// @param name empty until the member has started once
/// @param clientUrls empty until then too
public record MemberRecord(MemberId id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {
    public MemberRecord {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
    }

    /// The record of a member as this cluster knows it.
    public static MemberRecord of(Member member) {
        return new MemberRecord(member.id(), member.name(), member.peerUrls(), member.clientUrls(), member.learner());
    }

    Row row() {
        return new Row(Bytes.utf8("%016x".formatted(id.number())), Bytes.utf8(json()));
    }

    /// As the bucket has it.
    public String json() {
        var json = new JsonObject();
        json.add("id", number(id));
        json.add("peerURLs", array(peerUrls));
        if (learner) {
            json.addProperty("isLearner", true);
        }
        if (!name.isEmpty()) {
            json.addProperty("name", name);
        }
        if (!clientUrls.isEmpty()) {
            json.add("clientURLs", array(clientUrls));
        }
        return json.toString();
    }

    /// @throws SnapshotException when it is none
    static MemberRecord read(Bytes key, Bytes value) {
        try {
            var json = JsonParser.parseString(value.utf8()).getAsJsonObject();
            return new MemberRecord(
                    MemberId.parse(key.utf8()),
                    json.has("name") ? json.get("name").getAsString() : "",
                    texts(json, "peerURLs"),
                    texts(json, "clientURLs"),
                    json.has("isLearner") && json.get("isLearner").getAsBoolean());
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new SnapshotException("a member that cannot be read: " + value.utf8(), e);
        }
    }

    /// Who votes and who learns, as etcd's Raft notes it.
    static Bytes confState(Collection<MemberRecord> members) {
        var json = new JsonObject();
        json.add("voters", ids(members, false));
        if (members.stream().anyMatch(MemberRecord::learner)) {
            json.add("learners", ids(members, true));
        }
        json.addProperty("auto_leave", false);
        return Bytes.utf8(json.toString());
    }

    private static JsonArray ids(Collection<MemberRecord> members, boolean learners) {
        var ids = new JsonArray();
        members.stream().filter(member -> member.learner == learners).forEach(member -> ids.add(number(member.id)));
        return ids;
    }

    private static JsonPrimitive number(MemberId id) {
        return new JsonPrimitive(new BigInteger(Long.toUnsignedString(id.number())));
    }

    private static JsonArray array(List<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static List<String> texts(JsonObject json, String name) {
        return json.has(name) && !json.get(name).isJsonNull()
                ? json.getAsJsonArray(name).asList().stream()
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of();
    }
}
