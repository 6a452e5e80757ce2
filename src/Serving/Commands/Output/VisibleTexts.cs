using Spectre.Console.Rendering;
using Tradepost.Arguments;

namespace Tradepost.Serving.Commands.Output;

/// <summary>Shows hidden characters as escapes in everything that a console lays out, the console's own codes apart.</summary>
internal sealed class VisibleTexts : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(inner => new Visible(inner));

    private sealed class Visible(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            inner
                .Render(options, maxWidth)
                .Select(segment =>
                    segment.IsControlCode || segment.IsLineBreak || HiddenCharacters.Find(segment.Text) is null
                        ? segment
                        : new Segment(HiddenCharacters.Escape(segment.Text), segment.Style)
                );
    }
}
