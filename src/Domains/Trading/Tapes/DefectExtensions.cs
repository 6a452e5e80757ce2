using Tradepost.Arguments;

namespace Tradepost.Trading.Tapes;

/// <summary>How defects are treated and written.</summary>
internal static class DefectExtensions
{
    private static readonly string[] Names = [.. Enum.GetNames<Defect>().Select(Spelling.Snake)];

    /// <summary>Whether the line is a row all the same.</summary>
    public static bool IsTaken(this Defect defect) => defect is Defect.None or >= Defect.OneSided;

    public static string Name(this Defect defect) => Names[(int)defect];

    /// <summary>Where a defect stands among all, by its name.</summary>
    public static int PlaceOf(string name) => Array.IndexOf(Names, name);
}
