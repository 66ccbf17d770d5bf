package io.metastore.operator.resource;

/// How a member begins if it has no data yet.
public sealed interface Beginning {
    /// It founds the cluster alone.
    record Founds() implements Beginning {}

    /// It joins these.
    ///
    /// @param members as in the flag initial-cluster
    record Joins(String members) implements Beginning {}
}
