namespace Tradepost.Tests.Support;

/// <summary>
/// The program that tests start: as its user does, compiled ahead. A project that has its own copy starts that one when it is newer, because it
/// was built alone or is instrumented for coverage; a project without one has the program built before it.
/// </summary>
public static class TestedProgram
{
    private const string Assembly = "Tradepost.App.dll";

    /// <summary>The assembly that <c>dotnet</c> starts.</summary>
    public static string Path { get; } = System.IO.Path.Combine(FindFolder(), Assembly);

    private static string FindFolder()
    {
        var own = AppContext.BaseDirectory;
        var program = RepositoryRoot.Combine("src/App/bin/Release/program");
        return HasOwn(own) && IsNewer(own, program) ? own : program;
    }

    private static bool HasOwn(string folder) => File.Exists(System.IO.Path.Combine(folder, Assembly));

    private static bool IsNewer(string own, string program) =>
        Directory
            .GetFiles(own, "Tradepost.*.dll")
            .Select(file => (Own: file, Ahead: System.IO.Path.Combine(program, System.IO.Path.GetFileName(file))))
            .Where(pair => !System.IO.Path.GetFileName(pair.Own).Contains("Tests", StringComparison.Ordinal))
            .Any(pair => !File.Exists(pair.Ahead) || File.GetLastWriteTimeUtc(pair.Ahead) < File.GetLastWriteTimeUtc(pair.Own));
}
