namespace Tradepost.Tests.Support;

/// <summary>A server's program is not installed on this machine.</summary>
public sealed class MissingServerException(string server, string program)
    : Exception($"needs {server}: no program {program} in PATH, /usr/sbin or /usr/lib/postgresql/*/bin; `make setup` installs it.")
{
    /// <summary>The server's name as it stands in skip reasons: <c>postgresql</c>, <c>mariadb</c>.</summary>
    public string Server { get; } = server;
}
