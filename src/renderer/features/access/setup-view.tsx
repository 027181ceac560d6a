import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bot, Braces, ExternalLink, Plug, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../lib/trpc.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CodeLine } from '../../ui/code-line.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Card } from '../status/card.tsx';

export function SetupView() {
  return null;
}
