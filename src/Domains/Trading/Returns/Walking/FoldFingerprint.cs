using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tradepost.Learning.Regression;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>Checksums of what results follow from, in lower-case hexadecimal.</summary>
internal static class FoldFingerprint
{
    /// <summary>The version of the library that fits.</summary>
    public static string CodeVersion { get; } =
        typeof(FeatureTable).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Of the rows of a fold: the same for the same numbers.</summary>
    public static string Of(FoldRows fold)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in new[] { fold.Train, fold.Test })
        {
            foreach (var (name, column) in table.Names.Select((name, column) => (name, column)))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
                hash.AppendData(MemoryMarshal.AsBytes(table.Column(column)));
            }
        }

        hash.AppendData(MemoryMarshal.AsBytes(fold.Labels.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of a method on such rows, with its settings and the code that fits it.</summary>
    public static string Of(string rows, ReturnMethod method, int horizon) =>
        OfText($"{rows}\n{method}\n{JsonSerializer.Serialize(MethodSettings.Of(method, horizon))}\n{CodeVersion}");

    /// <summary>Of columns of numbers.</summary>
    public static string Of(IEnumerable<double[]> columns)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var column in columns)
        {
            hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
