package io.metastore.server.cli;

/// What `--help` prints, made from the table.
final class Help {
    private static final String USAGE = """
            Usage: metastore [flags]
              Starts one member of a MetaStore cluster, which speaks etcd's v3 API and takes etcd's flags.

              --name value and --name=value are the same, so are one dash and two. Each flag can be set by the
              environment too: --data-dir by ETCD_DATA_DIR. A flag wins over the environment.
              A file, flags and METASTORE_... variables of the original MetaStore are taken too: see the last section.
              (~) has no effect here, (!) is not available yet and refused unless it is set to its initial value.

              metastore snapshot ...   restores and inspects snapshots, metastore import ... copies a running etcd
              metastore recover-quorum ...   lets one member go on when the majority is lost
              metastore admin ...      tells how the members of a cluster are, and changes them
              --help      this text
              --version   the releases of etcd's API and of MetaStore
            """;

    private Help() {}

    static String text(FlagTable table) {
        var text = new StringBuilder(USAGE);
        table.sections().forEach((section, flags) -> {
            text.append('\n').append(section).append(":\n");
            flags.forEach(flag -> append(text, flag));
        });
        return text.toString();
    }

    private static void append(StringBuilder text, Flag flag) {
        var mark = switch (flag.standing()) {
            case WORKS, ORIGINAL -> "";
            case IGNORED -> "(~) ";
            case NOT_YET -> "(!) ";
        };
        text.append("  --").append(flag.name());
        if (!flag.initial().isEmpty()) {
            text.append(" '").append(flag.initial()).append('\'');
        }
        text.append("\n    ").append(mark).append(flag.meaning()).append('\n');
    }
}
