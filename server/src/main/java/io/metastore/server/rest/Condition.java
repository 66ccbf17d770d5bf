package io.metastore.server.rest;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Compare.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `If-Match` and `If-None-Match` ask of a key. The tag of a key is its modification revision in quotes.
///
///     If-Match: "5"   as it was then      If-Match: *   it exists      If-None-Match: *   it does not exist
record Condition(Optional<Tag> match, Optional<Tag> noneMatch) {
    static final Condition NONE = new Condition(Optional.empty(), Optional.empty());

    /// What a key is compared with.
    sealed interface Tag {
        record Any() implements Tag {}

        /// The key as it was then.
        ///
        /// @param revision one that no key has, if the tag is none of ours
        record Of(long revision) implements Tag {}
    }

    private static final long NO_REVISION = -1;

    /// @throws BadRequestException when a header has more than one tag
    static Condition parse(Optional<String> match, Optional<String> noneMatch) {
        return new Condition(
                match.map(header -> tag(header, "If-Match")),
                // A weak tag stands for the same content, which is all that is asked here.
                noneMatch.map(header -> tag(header.replaceFirst("^\\s*W/", ""), "If-None-Match")));
    }

    private static Tag tag(String header, String name) {
        var text = header.strip();
        if (text.equals("*")) {
            return new Tag.Any();
        }
        if (text.contains(",")) {
            throw new BadRequestException("the header " + name + " must have one tag, or *");
        }
        return new Tag.Of(revision(text));
    }

    /// `"5"` → 5; what is no tag of ours is that of no key.
    private static long revision(String text) {
        return text.matches("\"[0-9]{1,18}\"") ? Long.parseLong(text.substring(1, text.length() - 1)) : NO_REVISION;
    }

    static String tagOf(long revision) {
        return "\"" + revision + "\"";
    }

    boolean isNone() {
        return match.isEmpty() && noneMatch.isEmpty();
    }

    /// The same, for a transaction.
    List<Compare> compares(Bytes key) {
        var keys = KeyRange.single(key);
        var compares = new ArrayList<Compare>();
        match.ifPresent(tag -> compares.add(
                switch (tag) {
                    case Tag.Any _ -> new Compare(keys, Relation.GREATER, new Compare.Target.Version(0));
                    case Tag.Of(var revision) ->
                        new Compare(keys, Relation.EQUAL, new Compare.Target.ModRevision(revision));
                }));
        noneMatch.ifPresent(tag -> compares.add(
                switch (tag) {
                    case Tag.Any _ -> new Compare(keys, Relation.EQUAL, new Compare.Target.Version(0));
                    case Tag.Of(var revision) ->
                        new Compare(keys, Relation.NOT_EQUAL, new Compare.Target.ModRevision(revision));
                }));
        return compares;
    }

    /// Whether a key that holds this, or nothing, is one to be read.
    boolean matches(Optional<KeyValue> found) {
        return match.map(tag -> is(tag, found)).orElse(true);
    }

    /// Whether the reader has what the key holds.
    boolean isKnown(Optional<KeyValue> found) {
        return noneMatch.map(tag -> is(tag, found)).orElse(false);
    }

    private static boolean is(Tag tag, Optional<KeyValue> found) {
        return switch (tag) {
            case Tag.Any _ -> found.isPresent();
            case Tag.Of(var revision) ->
                found.filter(row -> row.modRevision() == revision).isPresent();
        };
    }
}
