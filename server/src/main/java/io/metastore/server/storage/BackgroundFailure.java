package io.metastore.server.storage;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/// Remembers what went wrong in RocksDB's own threads, until RocksDB has mended it by itself. Without it a full
/// disk would only show as writes that wait and wait.
final class BackgroundFailure extends AbstractEventListener {
    private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());

    BackgroundFailure() {
        super(EnabledEventCallback.ON_BACKGROUND_ERROR, EnabledEventCallback.ON_ERROR_RECOVERY_COMPLETED);
    }

    @Override
    public void onBackgroundError(BackgroundErrorReason reason, Status status) {
        failure.set(Optional.of(reason + ": " + status.getCodeString()));
    }

    @Override
    public void onErrorRecoveryCompleted(Status mended) {
        failure.set(Optional.empty());
    }

    /// @throws StorageException when there is a failure that is not mended
    void check() {
        failure.get().ifPresent(what -> {
            throw new StorageException("RocksDB could not write in the background, " + what);
        });
    }
}
