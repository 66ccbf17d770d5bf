package io.metastore.server.grpc.http;

import io.metastore.server.http.Answer;
import io.metastore.server.http.Page;
import io.metastore.server.model.ClusterVersion;
import java.util.function.Supplier;

/// The versions that clients are told. They choose what to use by them, so these are the ones of the etcd that this
/// server stands in for.
public final class Versions {
    public static final String SERVER = "3.7.1";

    private Versions() {}

    /// `/version`. Source: etcd's version handler.
    public static Page page(Supplier<ClusterVersion> version) {
        return (_, answer) -> answer.accept(Answer.json(text(version.get())));
    }

    /// What the page says. What is stored is given away in the shape of the cluster's release, see `StateImage`.
    public static String text(ClusterVersion version) {
        var release = version.release().full();
        return "{\"etcdserver\":\"" + SERVER + "\",\"etcdcluster\":\"" + release + "\",\"storage\":\"" + release
                + "\"}";
    }
}
