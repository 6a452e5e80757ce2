namespace Tradepost.Tests.Support;

/// <summary>Finds the programs of servers, which distributions like to keep outside PATH.</summary>
internal static class Programs
{
    public static string Get(string server, string program) => Find(program) ?? throw new MissingServerException(server, program);

    public static string? Find(string program) => Folders().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    // The distribution's own PostgreSQL comes first, newest version first: initdb and postgres must be of one installation.
    private static IEnumerable<string> Folders()
    {
        const string versions = "/usr/lib/postgresql";
        var postgres = Directory.Exists(versions)
            ? Directory.GetDirectories(versions).OrderByDescending(Version).Select(folder => Path.Combine(folder, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. postgres, .. path, "/usr/sbin", "/usr/local/sbin", "/sbin"];
    }

    private static int Version(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;
}
