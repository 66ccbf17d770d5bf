package io.metastore.server.request;

/// One step of a transaction. All but `Range` are also commands of their own.
public sealed interface Operation permits Range, Put, DeleteRange, Txn {
    /// Whether this step could change the store. A transaction counts as a change even when all its steps are reads.
    default boolean writes() {
        return switch (this) {
            case Range _ -> false;
            case Put _, DeleteRange _, Txn _ -> true;
        };
    }
}
