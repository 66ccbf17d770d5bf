package io.metastore.server.grpc.gateway;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.metastore.server.http.Exchange;
import java.util.concurrent.Executor;

/// One request over HTTP, and the call it becomes.
///
/// @param elsewhere runs what takes too long for the event loop
record Call<Q extends Message, A extends Message>(
        Exchange exchange, ClientCall<Q, A> call, Requests<Q> requests, Executor elsewhere) {
    /// What is larger is not read or written on the event loop.
    private static final int SMALL_BYTES = 64 << 10;

    /// Runs work on so many bytes.
    void work(int bytes, Runnable work) {
        if (bytes > SMALL_BYTES && exchange.loop().inEventLoop()) {
            elsewhere.execute(work);
        } else {
            work.run();
        }
    }

    /// Runs on the event loop after all that was asked to run there before.
    void later(Runnable work) {
        exchange.loop().execute(work);
    }
}
