package io.metastore.server.cluster;

import io.metastore.server.model.Bytes;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;

/// From which snapshot the state of this cluster began, if from any. Each member imports the file by itself, before
/// there is a log; so the first thing that the first leader puts into the log is what it began from itself.
///
///     origin              digest of what was imported here, before the first entry; not there if nothing was
///     origin.confirmed    the digest that the cluster has agreed on, empty for nothing
public final class Origin {
    private static final Bytes OWN = Bytes.utf8("origin");
    private static final Bytes CONFIRMED = Bytes.utf8("origin.confirmed");

    private Origin() {}

    /// The digest of what was imported; empty when nothing was.
    public static Bytes own(Reader reader) {
        return reader.get(Column.META, OWN).orElse(Bytes.EMPTY);
    }

    /// Whether something was imported.
    public static boolean isImported(Reader reader) {
        return !own(reader).isEmpty();
    }

    /// Whether the cluster has agreed on where it began.
    public static boolean isConfirmed(Reader reader) {
        return reader.get(Column.META, CONFIRMED).isPresent();
    }

    /// Notes what is imported, with the last batch of the import.
    public static void write(Batch batch, Bytes digest) {
        batch.put(Column.META, OWN, digest);
    }

    /// A leader tells what it began from. The first one counts.
    ///
    /// @throws IllegalStateException when this member's state began elsewhere, so it must not take part
    public static void confirm(Batch batch, Bytes digest) {
        if (isConfirmed(batch)) {
            return;
        }
        if (!own(batch).equals(digest)) {
            throw new IllegalStateException("the cluster began from " + named(digest) + ", and this member from "
                    + named(own(batch)) + ": restore all members from the same file, with the same flags");
        }
        batch.put(Column.META, CONFIRMED, digest);
    }

    private static String named(Bytes digest) {
        return digest.isEmpty() ? "nothing" : "the snapshot with the digest " + digest;
    }
}
