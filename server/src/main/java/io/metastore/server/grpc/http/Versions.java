package io.metastore.server.grpc.http;

/// The versions that clients are told. They choose what to use by them, so these are the ones of the etcd that this
/// server stands in for.
public final class Versions {
    public static final String SERVER = "3.7.1";
    public static final String CLUSTER = "3.7.0";
    public static final String STORAGE = "3.7.0";

    private Versions() {}

    /// `/version`. Source: etcd's version handler.
    public static Page page() {
        return (_, answer) -> answer.accept(Answer.json("{\"etcdserver\":\"" + SERVER + "\",\"etcdcluster\":\""
                + CLUSTER + "\",\"storage\":\"" + STORAGE + "\"}"));
    }
}
