namespace Tradepost.Serving.Commands;

/// <summary>What a stream that a command writes to can show.</summary>
/// <param name="IsSeen">Whether a person looks at it.</param>
/// <param name="IsPlain">Whether it takes no control codes.</param>
/// <param name="HasColour">Whether it takes colours.</param>
/// <param name="Width">Characters in a line.</param>
internal sealed record ConsoleShape(bool IsSeen, bool IsPlain, bool HasColour, int Width)
{
    public static ConsoleShape OfFile(int width) => new(IsSeen: false, IsPlain: true, HasColour: false, width);
}
