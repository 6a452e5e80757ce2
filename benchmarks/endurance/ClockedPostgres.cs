using System.Diagnostics;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>A PostgreSQL of one check's own.</summary>
internal sealed class ClockedPostgres(string script, string folder, string address) : IDisposable
{
    public string Url(string database) => $"postgresql://bench@{address}/{database}?sslmode=disable";

    public void Dispose()
    {
        using var stop = Process.Start(script, ["stop", folder]);
        stop.WaitForExit();
    }
}
