using System.Runtime.InteropServices;

namespace Tradepost.App.Modes;

/// <summary>
/// What the process creates is its user's alone from the first moment on, whatever umask its caller has. The system applies the
/// umask to all that this process creates, also in DuckDB's native code: no place has to remember it, and none can forget it.
/// </summary>
internal static partial class Umask
{
    private const uint GroupAndOthers = 0b000_111_111; // 077

    /// <summary>Takes the rights of group and others from everything that is created from now on.</summary>
    public static void Restrict()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(GroupAndOthers); // it cannot fail; the answer is the caller's umask
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint SetMask(uint mask);
}
