namespace Tradepost.Tests.Support;

/// <summary>
/// The program that tests start: as its user does, compiled ahead, unless this test's own copy is newer, because it was built alone or is
/// instrumented for coverage.
/// </summary>
public static class TestedProgram
{
    /// <summary>The assembly that <c>dotnet</c> starts.</summary>
    public static string Path { get; } = System.IO.Path.Combine(FindFolder(), "Tradepost.App.dll");

    private static string FindFolder()
    {
        var own = AppContext.BaseDirectory;
        var program = RepositoryRoot.Combine("src/App/bin/Release/program");
        return Directory
            .GetFiles(own, "Tradepost.*.dll")
            .Select(file => (Own: file, Ahead: System.IO.Path.Combine(program, System.IO.Path.GetFileName(file))))
            .Where(pair => !System.IO.Path.GetFileName(pair.Own).Contains("Tests", StringComparison.Ordinal))
            .All(pair => File.Exists(pair.Ahead) && File.GetLastWriteTimeUtc(pair.Ahead) >= File.GetLastWriteTimeUtc(pair.Own))
            ? program
            : own;
    }
}
