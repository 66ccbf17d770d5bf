package io.metastore.server.cli;

import java.util.List;

/// What `--help` prints for each of the tools, in the form of etcdutl's.
enum ToolHelp {
    SNAPSHOT("""
        Usage:
          metastore snapshot [command]

        Available Commands:
          restore     Makes a snapshot the first state of a new member
          status      Tells what a snapshot holds

        Flags:
          -h, --help   help for snapshot

        A snapshot is what `etcdctl snapshot save` writes, of MetaStore or of etcd.
        Use "metastore snapshot [command] --help" for more information about a command.
        """),

    STATUS("""
        Usage:
          metastore snapshot status <filename> [flags]

        Flags:
          -h, --help               help for status
              --timeout duration   taken for etcdutl's sake: no file is locked
          -w, --write-out string   set the output format (fields, json, simple, table) (default "simple")
        """),

    RESTORE("""
        Usage:
          metastore snapshot restore <filename> --data-dir {output dir} [options]

        Flags:
        """ + Parts.RESTORE + """
              --skip-hash-check                      Ignore the hash at the end of the file (required if copied from
                                                     a data directory)
        """ + Parts.IGNORED + Parts.NEXT),

    ADMIN("""
        Usage:
          metastore admin [command]

        Available Commands:
          members                    Tells who belongs to the cluster and how each of them is
          add                        Adds a member, which is started then (--peer-urls, --role)
          remove MEMBER              Removes a member for good
          promote MEMBER             Makes a learner a voter
          replace MEMBER             Puts another one in a member's place (--peer-urls or --learner)
          transfer [MEMBER]          Hands leadership over, to the best one unless one is named
          prepare-stop [MEMBER]      Tells whether a member can be spared; if it leads, another one does then

        A MEMBER is an id as `members` prints it, or a name. Without one, prepare-stop is about the member that answers.

        Flags:
              --cacert string              Verify the servers' certificates by these authorities
              --cert string                Certificate of this client
              --command-timeout duration   For each call (default 30s)
              --endpoints strings          Client URLs; the first that answers is asked (default 127.0.0.1:2379)
              --expected-version string    Change only these members; `members` prints their version
              --force                      With prepare-stop: answer even if the majority would be lost
          -h, --help                       This text
              --key string                 Key to --cert
              --learner string             With replace: the learner that takes the place
              --password string            Password, when --user has none; or ETCDCTL_PASSWORD
              --peer-urls strings          Where the other members will reach the new one
              --role string                With add: voter, learner or witness (default voter)
              --user string                username[:password], where users count
          -w, --write-out string           table or json (default table)

        Flags of the connection are also taken from etcdctl's variables (ETCDCTL_ENDPOINTS, ETCDCTL_CACERT, ...).
        """),

    IMPORT("""
        Usage:
          metastore import --from {client URL} --data-dir {output dir} [options]

        Copies one moment of a running etcd or MetaStore: keys with their revisions and versions, leases, users, roles.
        What is written there afterwards is not in the copy, so stop the writers first.

        Flags:
              --cacert string                        Verify the server's certificate by these authorities
              --cert string                          Certificate of this client
              --from string                          Client URL of one member
              --key string                           Key to --cert
              --password string                      Password, when --user has none; or ETCDCTL_PASSWORD
              --user string                          username[:password] of an administrator, where users count
        """ + Parts.RESTORE + Parts.IGNORED + Parts.NEXT),

    RECOVER_QUORUM("""
        Usage:
          metastore recover-quorum --data-dir {of a stopped member} [--confirm {token}]

        Lets one member go on alone, with its data, when the majority of the cluster is lost for good. The first time it
        changes nothing: it tells what the member has and which token to confirm that with.

        Flags:
              --confirm string    The token that was told the first time; it fits this member in this state only
              --data-dir string   Data directory of the member
          -h, --help              This text
              --wal-dir string    Its log directory (use --data-dir if none given)
        """);

    private final String text;

    ToolHelp(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// The help for what these words begin with.
    static ToolHelp of(List<String> words) {
        if (words.getFirst().equals("import")) {
            return IMPORT;
        }
        if (words.getFirst().equals("recover-quorum")) {
            return RECOVER_QUORUM;
        }
        if (words.getFirst().equals("admin")) {
            return ADMIN;
        }
        var commands =
                words.stream().filter(List.of("status", "restore")::contains).toList();
        if (commands.isEmpty()) {
            return SNAPSHOT;
        }
        return commands.getFirst().equals("status") ? STATUS : RESTORE;
    }

    /// What several of them say.
    private static final class Parts {
        static final String RESTORE = """
              --bump-revision uint                   How much to increase the latest revision after restore
              --data-dir string                      Path to the output data directory (default "{name}.etcd")
          -h, --help                                 This text
              --initial-advertise-peer-urls string   This member's peer URLs (default "http://localhost:2380")
              --initial-cluster string               Members of the new cluster
                                                     (default "default=http://localhost:2380")
              --initial-cluster-token string         Token of the new cluster (default "etcd-cluster")
              --mark-compacted                       Mark the latest revision after restore as compacted (required if
                                                     --bump-revision > 0, disallowed otherwise)
              --name string                          Name of this member (default "default")
              --wal-dir string                       Path to the log directory (use --data-dir if none given)
        """;

        static final String IGNORED = """
              --initial-memory-map-size uint, --timeout duration, -w, --write-out string
                                                     taken for etcdutl's sake, without effect
        """;

        static final String NEXT = """

        The member takes the state over at its first start with the same --name, --data-dir and --wal-dir. Of a cluster
        every member is restored from the same file, with the same --initial-cluster and --initial-cluster-token.
        """;

        private Parts() {}
    }
}
