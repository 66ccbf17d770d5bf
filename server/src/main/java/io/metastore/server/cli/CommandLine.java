package io.metastore.server.cli;

import io.metastore.server.cli.original.OriginalForm;
import io.metastore.server.cli.text.UsageException;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.ServerConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Understands how the server was started.
public final class CommandLine {
    /// The exit code of a command line that cannot be understood, or asks for what is not there yet.
    private static final int MISUSED = 2;

    /// The exit code of settings that can be understood and must not be used; etcd's too.
    private static final int REFUSED = 1;

    private static final Set<String> HELP = Set.of("-h", "-help", "--help");
    private static final Set<String> VERSION = Set.of("-version", "--version");

    private CommandLine() {}

    /// What is to be done.
    public sealed interface Result {
        /// Start a server.
        ///
        /// @param warnings to be logged once logging works
        record Run(ServerConfig config, List<String> warnings) implements Result {}

        /// Do something else and exit.
        record Use(Tool tool) implements Result {}

        /// Print and exit.
        ///
        /// @param text whole lines, for the standard output when `exitCode` is 0, else for the standard error
        record Print(String text, int exitCode) implements Result {}
    }

    /// Never throws, whatever it is given.
    ///
    /// @param arguments without the program's name
    /// @param environment only variables that begin with `ETCD_` or `METASTORE_` are looked at
    public static Result parse(String[] arguments, Map<String, String> environment) {
        var words = List.of(arguments);
        if (ToolReader.isTool(words)) {
            return new ToolReader(environment).read(words);
        }
        var table = new FlagTable();
        if (words.stream().anyMatch(HELP::contains)) {
            return new Result.Print(Help.text(table), 0);
        }
        if (words.stream().anyMatch(VERSION::contains)) {
            return new Result.Print(Version.text(), 0);
        }
        try {
            var settings = Settings.read(table, words, environment, OriginalForm.USUAL_FILE);
            return new Result.Run(new ConfigReader(settings).read(), settings.warnings());
        } catch (UsageException e) {
            return new Result.Print(e.getMessage() + "\n", MISUSED);
        } catch (ConfigException e) {
            return new Result.Print(e.getMessage() + "\n", REFUSED);
        }
    }
}
