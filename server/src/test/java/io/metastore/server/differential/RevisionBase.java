package io.metastore.server.differential;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.Set;

/// Lets a script speak of revisions as if its store were fresh, although the store has been used before and emptied
/// again.
///
///     offset 40, the script's `revision: 2`   →  42 on the wire      the answer's `mod_revision: 43`  →  3 in the
/// transcript
///
/// What is zero or negative has a meaning of its own ("now", "none") and stays. A watch from revision 1 of a fresh
/// store sees all changes; on a used store it begins after the deletes that emptied it.
///
/// @param offset revision of the store at the case's start, less 1
record RevisionBase(long offset) {
    private static final Set<String> ASKED = Set.of(
            "RangeRequest.revision",
            "RangeRequest.min_mod_revision",
            "RangeRequest.max_mod_revision",
            "RangeRequest.min_create_revision",
            "RangeRequest.max_create_revision",
            "Compare.create_revision",
            "Compare.mod_revision",
            "CompactionRequest.revision",
            "HashKVRequest.revision");
    private static final Set<String> ANSWERED = Set.of(
            "ResponseHeader.revision",
            "KeyValue.create_revision",
            "KeyValue.mod_revision",
            "WatchResponse.compact_revision",
            "HashKVResponse.compact_revision",
            "HashKVResponse.hash_revision");
    private static final String WATCH_START = "WatchCreateRequest.start_revision";

    DynamicMessage request(Message message) {
        return MessageWalk.map(message, this::asked);
    }

    DynamicMessage answer(Message message) {
        return MessageWalk.map(message, this::answered);
    }

    private Object asked(FieldDescriptor field, Object value) {
        var name = shortName(field);
        if (name.equals(WATCH_START) && offset > 0 && value.equals(1L)) {
            return offset + 2;
        }
        return ASKED.contains(name) || name.equals(WATCH_START) ? shifted((Long) value, offset) : value;
    }

    private Object answered(FieldDescriptor field, Object value) {
        return ANSWERED.contains(shortName(field)) ? shifted((Long) value, -offset) : value;
    }

    private static long shifted(long revision, long by) {
        return revision > 0 ? revision + by : revision;
    }

    static String shortName(FieldDescriptor field) {
        return field.getContainingType().getName() + "." + field.getName();
    }
}
