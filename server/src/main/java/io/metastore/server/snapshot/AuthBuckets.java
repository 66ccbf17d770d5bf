package io.metastore.server.snapshot;

import io.metastore.server.bolt.BucketSource;
import io.metastore.server.bolt.BucketSource.Row;
import io.metastore.server.model.Bytes;
import java.util.List;
import java.util.stream.Stream;

/// Users, roles and whether they count. There are none to be written: the buckets are those of an etcd in which nobody
/// was ever added.
final class AuthBuckets {
    private static final long FIRST_REVISION = 1;

    private AuthBuckets() {}

    static List<BucketSource> all() {
        var revision = new Row(Bytes.utf8(Schema.AUTH_REVISION), Schema.number(FIRST_REVISION));
        return List.of(
                StateImage.bucket(Schema.AUTH, Stream.of(revision)),
                StateImage.bucket(Schema.AUTH_USERS, Stream.empty()),
                StateImage.bucket(Schema.AUTH_ROLES, Stream.empty()));
    }
}
