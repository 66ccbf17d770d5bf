package io.metastore.server.datadir;

import io.metastore.server.file.Durable;
import java.io.IOException;
import java.util.List;

/// The locks on the data directory and, when it is another one, on the log directory.
record Locks(List<Claim> claims) implements AutoCloseable {
    static Locks take(Layout layout) throws IOException {
        Durable.makeDirectories(layout.data());
        var data = Claim.on(layout.data());
        if (!layout.hasSeparateLog()) {
            return new Locks(List.of(data));
        }
        try {
            Durable.makeDirectories(layout.log());
            return new Locks(List.of(data, Claim.on(layout.log())));
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    @Override
    public void close() {
        claims.forEach(Claim::close);
    }
}
