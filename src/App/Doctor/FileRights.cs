using System.Runtime.Versioning;
using Tradepost.App.Modes;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Doctor;

/// <summary>Which files other users of the machine can open, and the command that closes them.</summary>
internal static class FileRights
{
    private const int MostShown = 5;

    public static IReadOnlyList<Check> Of(Settings settings) => OperatingSystem.IsWindows() ? [] : Look(settings);

    [UnsupportedOSPlatform("windows")]
    private static Check[] Look(Settings settings)
    {
        string?[] secrets =
        [
            .. Directory.EnumerateFiles(settings.Folder, ".env*"),
            Path.Combine(settings.Folder, "appsettings.json"),
            settings.FindPath(SettingNames.CertificateKey),
        ];
        var open = secrets
            .OfType<string>()
            .Select(path => FileModes.FindOpen(new FileInfo(Path.GetFullPath(path, settings.Folder))))
            .OfType<OpenEntry>()
            .Concat(OwnFiles.Of(settings).FindOpen())
            .ToList();
        return open.Count == 0
            ? [Check.Ok("files", "only this user can open them")]
            : [.. open.Take(MostShown).Select(Warn), .. open.Count > MostShown ? (Check[])[Rest(open.Count - MostShown, settings)] : []];
    }

    private static Check Warn(OpenEntry entry) =>
        new(
            "files",
            Verdict.Warning,
            $"{entry.Path} is {entry.Octal}: other users of this machine have rights to it",
            $"`chmod go= {Quoted(entry.Path)}`"
        );

    [UnsupportedOSPlatform("windows")]
    private static Check Rest(int count, Settings settings) =>
        new(
            "files",
            Verdict.Warning,
            $"{count} more are open to other users of this machine",
            $"`find {Quoted(settings.DataFolder)} -name {OwnFiles.Servers} -prune -o -not -type l -exec chmod go= {{}} +`"
        );

    // A path may hold anything; the command must stay one that does what it says.
    private static string Quoted(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-".Contains(c, StringComparison.Ordinal))
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
