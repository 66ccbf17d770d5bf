package io.metastore.server.config;

/// Whether clients' calls are followed, and who is told.
public sealed interface TracingConfig {
    /// They are not.
    record Off() implements TracingConfig {}

    /// They are, for those that are to be followed.
    ///
    /// @param service the name that all members of a cluster share
    /// @param instance the name of this member; empty for none
    /// @param perMillion how many of a million calls are followed of those whose clients say nothing of it
    record On(Collector collector, String service, String instance, long perMillion) implements TracingConfig {
        private static final long MILLION = 1_000_000;

        public On {
            if (perMillion < 0) {
                throw refused("tracing sampling rate must be positive");
            }
            if (perMillion > MILLION) {
                throw refused("tracing sampling rate must be less than " + MILLION);
            }
        }

        /// From 0 to 1.
        public double share() {
            return (double) perMillion / MILLION;
        }

        /// Etcd's words, its spelling too.
        private static ConfigException refused(String reason) {
            return new ConfigException("distributed tracing configurition is not valid: (" + reason + ")");
        }
    }

    static TracingConfig defaults() {
        return new Off();
    }
}
