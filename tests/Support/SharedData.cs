using Xunit;

namespace Tradepost.Tests.Support;

/// <summary>Large sample data in a folder <c>shared</c> beside the repository. It is not part of the repository: tests that want it are skipped without it.</summary>
public static class SharedData
{
    /// <summary>The full path of a file or folder such as <c>data/retail/orders.csv</c>; skips the test when it is not there.</summary>
    public static string Path(string relativePath) => Path(RepositoryRoot.Path, relativePath);

    internal static string Path(string repository, string relativePath)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(repository, "..", "shared", relativePath));
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            var reason = $"skipped: needs ../shared/{relativePath}";
            if (ContinuousIntegration.IsOn)
            {
                Assert.Fail(reason);
            }

            Assert.Skip(reason);
        }

        return path;
    }
}
