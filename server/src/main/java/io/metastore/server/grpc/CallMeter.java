package io.metastore.server.grpc;

/// Is told of clients' calls, on many threads at once; nothing it does may wait.
public interface CallMeter {
    /// The meter of one method; asked for once for each when the listener starts.
    Method method(String service, String method, Shape shape);

    /// How many messages a call of a method has on each side.
    enum Shape {
        UNARY,
        CLIENT_STREAM,
        SERVER_STREAM,
        BIDI_STREAM
    }

    /// Bytes of messages, as they are before they are compressed.
    void received(long bytes);

    void sent(long bytes);

    /// The calls of one method.
    interface Method {
        /// A call begins.
        ///
        /// @param clientVersion what the client says of the API it speaks, or `unknown`
        void started(String clientVersion);

        void received();

        void sent();

        /// It is over.
        ///
        /// @param code gRPC's number of the status, from 0 (OK) to 16
        void ended(int code, long nanos);
    }

    /// Measures nothing.
    CallMeter NONE = new CallMeter() {
        private static final Method NOBODY = new Method() {
            @Override
            public void started(String clientVersion) {}

            @Override
            public void received() {}

            @Override
            public void sent() {}

            @Override
            public void ended(int code, long nanos) {}
        };

        @Override
        public Method method(String service, String method, Shape shape) {
            return NOBODY;
        }

        @Override
        public void received(long bytes) {}

        @Override
        public void sent(long bytes) {}
    };
}
