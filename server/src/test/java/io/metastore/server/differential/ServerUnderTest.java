package io.metastore.server.differential;

import io.metastore.server.differential.Script.Cast;
import io.metastore.server.process.DataFolder;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the suite gets a server: a member of its own with an empty store.
interface ServerUnderTest {
    /// Starts a cluster, of one member or as the cast says, and returns when it serves clients.
    ///
    /// @param flags etcd's flags, besides those for the ports and the data folder
    Running start(Cast cast, List<String> flags);

    /// A server that runs; its data is gone when it is closed.
    interface Running extends AutoCloseable {
        /// For clients; the same after a restart. Of a cluster, that of the first member.
        Address address();

        /// Of a member of a cluster.
        default Address address(String member) {
            throw alone(member);
        }

        /// The name of the member that `who` means now.
        default String resolve(String who) {
            throw alone(who);
        }

        /// What scripts may say of this cluster.
        default Map<String, String> variables() {
            return Map.of();
        }

        /// Something happens to a member of a cluster.
        default void befall(Step.Act act, String member) {
            throw alone(member);
        }

        private static RuntimeException alone(String who) {
            return new IllegalArgumentException(who + " in a script without a line `members`");
        }

        /// Stops and starts the server on the same data.
        ///
        /// @param killed without any notice rather than in order
        void restart(boolean killed);

        @Override
        void close();
    }

    /// A server that is a process of its own.
    static ServerUnderTest process(ServerProgram program, DistinctPorts free) {
        return (cast, flags) -> {
            if (!cast.isAlone()) {
                return ProcessCluster.start(program, free, cast, flags);
            }
            var folder = DataFolder.create("differential-");
            var ports = free.takeTwo();
            var client = "127.0.0.1:" + ports.get(0);
            var member = new MemberProcess(
                    "default",
                    program.with(allFlags(folder, client, ports.get(1), flags)),
                    client,
                    folder.path().resolve("log"));
            var running = new OneMember(folder, member);
            try {
                running.start();
                return running;
            } catch (RuntimeException e) {
                running.close();
                throw e;
            }
        };
    }

    /// A server in this JVM: it starts in a fraction of the time a process takes, and cannot be killed.
    static ServerUnderTest inProcess(DistinctPorts free) {
        return (cast, flags) -> {
            if (!cast.isAlone()) {
                throw new IllegalArgumentException("members of a cluster are processes");
            }
            var folder = DataFolder.create("differential-");
            var ports = free.takeTwo();
            var client = "127.0.0.1:" + ports.get(0);
            var all = new ArrayList<>(List.of("--storage=memory"));
            all.addAll(allFlags(folder, client, ports.get(1), flags));
            try {
                return LocalServer.start(folder, Address.plain(client), all);
            } catch (RuntimeException e) {
                folder.close();
                throw e;
            }
        };
    }

    private static List<String> allFlags(DataFolder folder, String client, int peerPort, List<String> flags) {
        var peer = "http://127.0.0.1:" + peerPort;
        var all = new ArrayList<>(List.of(
                "--data-dir=" + folder.path().resolve("data"),
                "--listen-client-urls=http://" + client,
                "--advertise-client-urls=http://" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer));
        all.addAll(flags);
        return all;
    }

    /// A process and its folder.
    record OneMember(DataFolder folder, MemberProcess member) implements Running {
        private static final Duration READY_LIMIT = Duration.ofSeconds(30);

        void start() {
            member.start();
            member.awaitReady(READY_LIMIT);
        }

        @Override
        public Address address() {
            return Address.plain(member.endpoint());
        }

        @Override
        public void restart(boolean killed) {
            if (killed) {
                member.kill();
            } else {
                member.terminate();
            }
            start();
        }

        @Override
        public void close() {
            member.close();
            folder.close();
        }
    }
}
