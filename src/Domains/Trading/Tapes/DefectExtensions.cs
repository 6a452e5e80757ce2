using Tradepost.Arguments;

namespace Tradepost.Trading.Tapes;

/// <summary>How defects are treated and written.</summary>
internal static class DefectExtensions
{
    /// <summary>Whether the line is a row all the same.</summary>
    public static bool IsTaken(this Defect defect) => defect is Defect.None or >= Defect.OneSided;

    public static string Name(this Defect defect) => Spelling.Snake(defect.ToString());
}
